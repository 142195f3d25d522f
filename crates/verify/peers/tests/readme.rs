//! The README says what the program says.

use migration_events_peers::{build_cost, ratios, readme, table};

fn readme() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../README.md");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_table_of_the_readme_is_what_the_program_prints() {
    let text = readme();
    let section = readme::section(&text, "peers").unwrap();
    assert!(section == table::markdown(), "`just peers-table` writes it anew");
}

#[test]
fn the_ratios_of_the_readme_are_the_measured_ones() {
    let text = readme();
    let section = readme::section(&text, "ratios").unwrap();
    assert!(section == ratios::markdown().unwrap(), "`just peers-table` writes them anew");
}

#[test]
fn the_build_cost_of_the_readme_is_the_measured_one() {
    let text = readme();
    let section = readme::section(&text, "build-cost").unwrap();
    assert!(section == build_cost::markdown().unwrap(), "`just peers-table` writes it anew");
}

#[test]
fn the_chart_shows_the_measured_ratios() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../benches/ratios.svg");
    let chart = std::fs::read_to_string(path).unwrap();
    assert!(chart == ratios::chart().unwrap(), "`just chart` draws it anew");
}

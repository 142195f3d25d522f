//! The size of generated code for many contracts that share definitions, beside that of typify.

mod fixture;

use fixture::Catalogue;
use std::path::Path;
use std::{env, fs};

#[test]
fn shared_definitions_cost_no_more_than_half_again() {
    let catalogue = Catalogue::new(1, 200, 50);
    let ours = catalogue.ours().unwrap_or_else(|error| panic!("{error}"));
    let theirs = catalogue.theirs().unwrap_or_else(|error| panic!("{error}"));
    let [own, other] = [&ours, &theirs].map(|code| code.lines().count());
    // Printed for whoever runs the test alone; `just catalogue-check` compiles both.
    println!("{own} lines, typify {other}");
    if let Some(folder) = env::var_os("CATALOGUE") {
        let folder = Path::new(&folder);
        fs::write(folder.join("ours.rs"), &ours).expect("the folder can be written to");
        fs::write(folder.join("theirs.rs"), &theirs).expect("the folder can be written to");
    }
    assert!(2 * own <= 3 * other, "{own} lines, typify {other}");
}

#[test]
fn generation_grows_with_the_contracts_alone() {
    let lines = |contracts| {
        let catalogue = Catalogue::new(2, contracts, 50);
        catalogue.ours().unwrap_or_else(|error| panic!("{error}")).lines().count()
    };
    let (some, twice, four) = (lines(50), lines(100), lines(200));
    // What the definitions take stays the same.
    let (first, second) = (twice - some, four - twice);
    assert!(second <= 2 * first + first / 4, "{some}, {twice}, {four} lines");
}

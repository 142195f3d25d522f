//! Generated code is reviewed like any other: as a diff of the mirror in `tests/golden/generated`.
#![cfg(any(feature = "boost", feature = "pismo-core", feature = "specsavers"))]

#[cfg(feature = "pismo-core")]
#[path = "../build/groups.rs"]
mod groups;

fn compare(family: &str, generated: &str) {
    let mirror = format!("{}/tests/golden/generated/{family}.rs", env!("CARGO_MANIFEST_DIR"));
    // A checkout may have other line endings; the generator writes `\n`.
    let committed = std::fs::read_to_string(&mirror).map(|text| text.replace("\r\n", "\n"));
    if committed.is_ok_and(|committed| committed == generated) {
        return;
    }
    if std::env::var_os("CI").is_none() {
        std::fs::write(&mirror, generated).expect("the mirror can be written");
    }
    panic!(
        "the generated code has changed: \
         review the diff of tests/golden/generated and commit it ({family}.rs)"
    );
}

#[cfg(feature = "boost")]
#[test]
fn boost_is_as_reviewed() {
    compare("boost", include_str!(concat!(env!("OUT_DIR"), "/boost.rs")));
}

/// The code of the groups of Pismo that are enabled.
#[cfg(feature = "pismo-core")]
fn pismo(is_enabled: impl Fn(&str) -> bool) -> String {
    let schemas = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas");
    let config = migration_events_codegen::Config::new("pismo")
        .formats(migration_events_codegen::Formats::Asserted);
    let files = groups::files(is_enabled);
    let add = |config: migration_events_codegen::Config, file: String| {
        config.file(format!("{schemas}/{file}"))
    };
    files.into_iter().fold(config, add).generate().unwrap_or_else(|error| panic!("{error}"))
}

/// The mirrors are those of the core and of all groups, whatever the features of the tests.
#[cfg(feature = "pismo-core")]
#[test]
fn pismo_is_as_reviewed() {
    compare("pismo", &pismo(|feature| feature == "pismo-core"));
}

#[cfg(feature = "pismo-core")]
#[test]
fn all_groups_of_pismo_are_as_reviewed() {
    compare("pismo_all", &pismo(|_| true));
}

/// The build script takes the same files.
#[cfg(feature = "pismo-core")]
#[test]
fn the_build_has_the_enabled_groups() {
    let built = include_str!(concat!(env!("OUT_DIR"), "/pismo.rs"));
    if cfg!(feature = "pismo") {
        assert_eq!(built, pismo(|_| true));
    }
    let first = built.lines().next().unwrap_or_default();
    for name in groups::files(|feature| feature == "pismo-core") {
        assert!(first.contains(name.trim_start_matches("pismo/")), "{name}: {first}");
    }
}

#[cfg(feature = "pismo-core")]
#[test]
fn groups_do_not_change_names_of_others() {
    let all = pismo(|_| true);
    let items = |code: &str| -> Vec<String> {
        let lines = code.lines().map(str::trim_end);
        lines
            .filter(|line| {
                ["pub struct", "pub enum", "pub mod"].iter().any(|item| line.contains(item))
            })
            .map(str::to_owned)
            .collect()
    };
    let all = items(&all);
    for (group, _) in groups::GROUPS {
        let own = pismo(|feature| feature == "pismo-core" || feature == *group);
        for item in items(&own) {
            assert!(all.contains(&item), "{group}: {item}");
        }
    }
}

#[cfg(feature = "pismo-core")]
#[test]
fn every_contract_is_in_one_group() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/pismo");
    let mut contracts: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .filter(|name| name.ends_with(".json") && !name.ends_with(".patch.json"))
        .map(|name| format!("pismo/{name}"))
        .collect();
    contracts.sort_unstable();
    assert_eq!(groups::files(|_| true), contracts);
}

#[cfg(feature = "specsavers")]
#[test]
fn specsavers_is_as_reviewed() {
    compare("specsavers", include_str!(concat!(env!("OUT_DIR"), "/specsavers.rs")));
}

//! Generated code is reviewed like any other: as a diff of the mirror in `tests/golden/generated`.
#![cfg(any(feature = "boost", feature = "pismo", feature = "specsavers"))]

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

#[cfg(feature = "pismo")]
#[test]
fn pismo_is_as_reviewed() {
    compare("pismo", include_str!(concat!(env!("OUT_DIR"), "/pismo.rs")));
}

#[cfg(feature = "specsavers")]
#[test]
fn specsavers_is_as_reviewed() {
    compare("specsavers", include_str!(concat!(env!("OUT_DIR"), "/specsavers.rs")));
}

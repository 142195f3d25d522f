//! Generates types from the JSON contracts with typify, one module for each document.

use serde_json::{Value, json};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};
use typify_impl::{TypeSpace, TypeSpaceSettings};

const CONTRACTS: [(&str, &str); 5] = [
    ("accrual_incoming", "pismo/accrual_incoming-1"),
    ("customer_incoming", "pismo/customer_incoming-1"),
    ("customer_outgoing", "pismo/customer_outgoing-1"),
    ("recurring_charge_plan_incoming", "pismo/recurring_charge_plan_incoming-1"),
    ("customer_events", "specsavers/customer_events-0.1.0"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let package = env::var("CARGO_MANIFEST_DIR")?;
    let mut folders = Path::new(&package).ancestors();
    let root = folders.find(|it| it.join("Cargo.lock").is_file()).ok_or("no Cargo.lock")?;
    let schemas = root.join("schemas");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", schemas.display());
    let mut code = String::new();
    for (module, file) in CONTRACTS {
        let mut contract: Value =
            serde_json::from_slice(&fs::read(schemas.join(format!("{file}.json")))?)?;
        if let Ok(patch) = fs::read(schemas.join(format!("{file}.patch.json"))) {
            let patch: json_patch::Patch = serde_json::from_slice(&patch)?;
            json_patch::patch(&mut contract, &patch)?;
        }
        let contract = if contract.get("asyncapi").is_some() {
            definitions(&contract)?
        } else {
            // The generator under test names a type after its file, typify after the title.
            contract["title"] = json!("root");
            contract
        };
        let mut space = TypeSpace::new(&TypeSpaceSettings::default());
        space.add_root_schema(serde_json::from_value(contract)?)?;
        writeln!(code, "pub mod {module} {{ {} }}", space.to_stream())?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("theirs.rs"), code)?;
    Ok(())
}

/// The schemas of an AsyncAPI document, which typify does not read, as those of a JSON Schema.
fn definitions(document: &Value) -> Result<Value, Box<dyn Error>> {
    let schemas = serde_json::to_string(&document["components"]["schemas"])?;
    let schemas = schemas.replace("#/components/schemas/", "#/definitions/");
    let definitions: Value = serde_json::from_str(&schemas)?;
    Ok(json!({ "$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions }))
}

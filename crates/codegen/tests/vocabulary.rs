//! The words that the generator and the runtime share without depending on each other: assertions, formats,
//! types of numbers, JSON types.

use std::collections::BTreeMap;
use std::path::Path;
use syn::{Fields, File, Item};

const MODEL: &str = "src/model/rule.rs";
const RUNTIME: &str = "../runtime/src/validate/schema.rs";
const FORMATS: &str = "../runtime/src/validate/format.rs";
const TYPES: &str = "../runtime/src/validate/types.rs";

fn source(path: &str) -> File {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()));
    syn::parse_file(&text).unwrap()
}

/// The variants of an enum: names, and the names or numbers of what each holds.
fn variants(file: &File, name: &str) -> BTreeMap<String, Vec<String>> {
    let found = file.items.iter().find_map(|item| match item {
        Item::Enum(item) if item.ident == name => Some(&item.variants),
        _ => None,
    });
    let variants = found.unwrap_or_else(|| panic!("there is no enum `{name}`"));
    assert!(!variants.is_empty());
    let held = |fields: &Fields| match fields {
        Fields::Named(fields) => fields
            .named
            .iter()
            .filter_map(|field| Some(field.ident.as_ref()?.to_string()))
            .collect(),
        fields => (0..fields.len()).map(|index| index.to_string()).collect(),
    };
    variants.iter().map(|variant| (variant.ident.to_string(), held(&variant.fields))).collect()
}

#[test]
fn formats_and_representations_agree() {
    let model = source(MODEL);
    for (name, runtime) in [("Format", FORMATS), ("Representation", TYPES)] {
        assert_eq!(variants(&model, name), variants(&source(runtime), name), "{name}");
    }
}

#[test]
fn runtime_has_every_assertion() {
    let mut model = variants(&source(MODEL), "Assertion");
    let mut runtime = variants(&source(RUNTIME), "Assertion");
    // A contract says neither; tables written by hand do.
    for own in ["ContentSchema", "Rule"] {
        assert!(runtime.remove(own).is_some(), "{own}");
    }
    // A schema is a rule in the model, where a schema is something that a file contains.
    for fields in model.values_mut().chain(runtime.values_mut()).flatten() {
        if fields == "rule" {
            *fields = "schema".into();
        }
    }
    assert_eq!(model, runtime);
}

#[test]
fn json_types_agree() {
    let runtime = source(TYPES);
    let constants = runtime.items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(&item.items),
        _ => None,
    });
    let constants = constants.flatten().filter_map(|item| match item {
        syn::ImplItem::Const(item) if matches!(item.vis, syn::Visibility::Public(_)) => {
            Some(item.ident.to_string())
        }
        _ => None,
    });
    let mut constants: Vec<String> = constants.collect();
    constants.sort();
    let model = variants(&source(MODEL), "JsonType");
    let mut types: Vec<String> = model.keys().map(|name| name.to_uppercase()).collect();
    types.sort();
    assert_eq!(types, constants);
}

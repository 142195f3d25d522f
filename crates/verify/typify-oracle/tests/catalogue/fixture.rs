//! A made-up catalogue of contracts that share definitions, to measure how much code they become.

use migration_events_codegen::{Error, Options, Source, generate};
use migration_events_support::Dice;
use serde_json::{Map, Value, json};
use typify_impl::{TypeSpace, TypeSpaceSettings};

/// Contracts, and the definitions that they refer to.
#[derive(Debug)]
pub(crate) struct Catalogue {
    /// The shared definitions by name.
    definitions: Map<String, Value>,
    /// The contracts by name.
    contracts: Map<String, Value>,
}

/// The place of a definition in a reference, for documents of their own or for a single document.
#[derive(Debug, Clone, Copy)]
enum Layout {
    Files,
    Single,
}

impl Catalogue {
    /// Makes up a catalogue, the same for each seed.
    pub(crate) fn new(seed: u64, contracts: usize, definitions: usize) -> Self {
        let mut dice = Dice::seeded(seed);
        let names: Vec<String> = (0..definitions).map(|index| word("part", index)).collect();
        let mut catalogue = Self { definitions: Map::new(), contracts: Map::new() };
        for (index, name) in names.iter().enumerate() {
            // Definitions refer to earlier ones.
            let definition = object(&mut dice, &names[..index], index);
            catalogue.definitions.insert(name.clone(), definition);
        }
        for index in 0..contracts {
            let contract = object(&mut dice, &names, index);
            catalogue.contracts.insert(word("event", index), contract);
        }
        catalogue
    }

    /// Generates the code of all contracts.
    pub(crate) fn ours(&self) -> Result<String, Error> {
        let definitions = json!({ "definitions": self.definitions });
        let common = ("common.json".to_owned(), placed(&definitions, Layout::Single));
        let contracts = self
            .contracts
            .iter()
            .map(|(name, contract)| (format!("{name}.json"), placed(contract, Layout::Files)));
        let sources: Vec<Source> = contracts
            .chain([common])
            .map(|(file, text)| Source { file, text: text.to_string(), patch: None })
            .collect();
        generate(&sources, &Options::new("catalogue"))
    }

    /// Generates the code of all contracts with typify, from a single document, since typify does not read
    /// references to other files.
    pub(crate) fn theirs(&self) -> Result<String, Box<dyn std::error::Error>> {
        let mut all = self.definitions.clone();
        all.extend(self.contracts.clone());
        let document = placed(&json!({ "definitions": all }), Layout::Single);
        let mut space = TypeSpace::new(&TypeSpaceSettings::default());
        space.add_root_schema(serde_json::from_value(document)?)?;
        Ok(prettyplease::unparse(&syn::parse2(space.to_stream())?))
    }
}

/// Returns a name of letters, such as `part_b_a`.
fn word(prefix: &str, index: usize) -> String {
    let letter = |value: usize| char::from(b'a' + u8::try_from(value % 26).unwrap_or_default());
    format!("{prefix}_{}{}", letter(index / 26), letter(index))
}

/// Returns an object of three to eight properties, each of which has a type of its own or a shared one.
fn object(dice: &mut Dice<'_>, shared: &[String], index: usize) -> Value {
    let mut properties = Map::new();
    for property in 0..3 + dice.below(6) {
        let schema = match dice.below(10) {
            0 => json!({ "type": "string", "description": "A text." }),
            1 => json!({ "type": "string", "format": "date-time" }),
            2 => json!({ "type": "integer", "minimum": 0 }),
            3 => json!({ "type": "number" }),
            4 => json!({ "type": "boolean" }),
            5 => {
                json!({ "type": "string", "enum": [format!("A{index}"), format!("B{property}"), "C"] })
            }
            6 => json!({ "type": "array", "items": { "type": "string", "maxLength": 9 } }),
            _ if shared.is_empty() => json!({ "type": "string", "format": "uuid" }),
            _ => json!({ "$ref": dice.pick(shared) }),
        };
        properties.insert(word("field", property), schema);
    }
    let required: Vec<&String> = properties.keys().take(2).collect();
    json!({ "type": "object", "description": "An object.", "required": required, "properties": properties })
}

/// Returns a schema whose references lead to the definitions.
fn placed(schema: &Value, layout: Layout) -> Value {
    match schema {
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("$ref", Value::String(name)) => {
                        let file = if matches!(layout, Layout::Files) { "common.json" } else { "" };
                        json!(format!("{file}#/definitions/{name}"))
                    }
                    _ => placed(value, layout),
                };
                (key.clone(), value)
            });
            Value::Object(members.collect())
        }
        Value::Array(items) => items.iter().map(|item| placed(item, layout)).collect(),
        other => other.clone(),
    }
}

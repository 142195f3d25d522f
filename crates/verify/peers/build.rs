//! Runs every generator on the contracts and on the schemas in `breadth/`, and writes down where one of
//! them cannot: that is a result, too.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error, fs, panic};

use serde_json::{Value, json};
use typify::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

const JSON_CONTRACTS: [(&str, &str); 5] = [
    ("accrual_incoming", "pismo/accrual_incoming-1.json"),
    ("customer_incoming", "pismo/customer_incoming-1.json"),
    ("customer_outgoing", "pismo/customer_outgoing-1.json"),
    ("recurring_charge_plan_incoming", "pismo/recurring_charge_plan_incoming-1.json"),
    ("customer_created", "specsavers/customer_events-0.1.0.json"),
];

fn main() -> Result<()> {
    let schemas = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../../schemas");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=breadth");
    println!("cargo::rerun-if-changed={}", schemas.display());
    let mut out = Written::default();
    for setting in ["plain", "decimal", "number"] {
        for (contract, file) in JSON_CONTRACTS {
            let text = fs::read_to_string(schemas.join(file))?;
            let schema = schema_of(contract, &serde_json::from_str(&text)?);
            out.typify(&format!("typify_{setting}"), setting, contract, &schema);
        }
    }
    out.documentation(&fs::read_to_string(schemas.join("pismo/customer_outgoing-1.json"))?)?;
    let schema = fs::read_to_string(schemas.join("boost/account_migration_event.avsc"))?;
    for setting in ["plain", "union_deser", "chrono_dates"] {
        out.rsgen(setting, &schema)?;
    }
    for family in ["pismo", "boost", "specsavers"] {
        let config = migration_events_codegen::Config::new(family);
        let code = config.folder(schemas.join(family)).emit_rerun_if_changed(false).generate()?;
        out.facts(&format!("ours_{family}"), &code)?;
    }
    let mut probes: Vec<PathBuf> =
        fs::read_dir("breadth")?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    probes.sort();
    for path in &probes {
        let name = path.file_stem().and_then(|name| name.to_str()).ok_or("a name")?;
        let text = fs::read_to_string(path)?;
        let probe: Value = serde_json::from_str(&text)?;
        out.ours(name, &probe["schema"])?;
        out.typify("breadth_typify", "plain", name, &probe["schema"]);
        writeln!(out.probes, "    ({name:?}, {text:?}),")?;
    }
    out.finish()
}

/// A contract as the root schema that typify and jsonschema read. AsyncAPI is read by neither, so the
/// payload's schemas are lifted out of it.
fn schema_of(contract: &str, document: &Value) -> Value {
    if contract != "customer_created" {
        return document.clone();
    }
    let schemas = serde_json::to_string(&document["components"]["schemas"]).expect("JSON");
    let schemas = schemas.replace("#/components/schemas/", "#/definitions/");
    let definitions: Value = serde_json::from_str(&schemas).expect("JSON");
    let mut root = definitions["CustomerCreated"].clone();
    root["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    root["definitions"] = definitions;
    root["definitions"].as_object_mut().expect("an object").remove("CustomerCreated");
    root["title"] = json!("CustomerCreated");
    root
}

/// The files of `OUT_DIR`.
#[derive(Default)]
struct Written {
    modules: String,
    /// Arms of a function from group and name to a codec.
    codecs: String,
    facts: String,
    /// Wording, generator, and how it documents a field.
    documentation: String,
    probes: String,
    schemas: String,
}

impl Written {
    fn typify(&mut self, group: &str, setting: &str, name: &str, schema: &Value) {
        if setting == "plain" && group != "breadth_typify" {
            let text = schema.to_string();
            writeln!(self.schemas, "    ({name:?}, {text:?}),").expect("a string");
        }
        // A panic of the generator is a result.
        let schema = schema.clone();
        let setting = setting.to_owned();
        let generated = panic::catch_unwind(move || typify_code(&setting, schema))
            .unwrap_or_else(|_| Err("panics".into()))
            .map_err(|error| error.to_string());
        match generated {
            Ok((root, code)) => {
                self.facts(&format!("{group}_{name}"), &code).expect("typify writes Rust");
                let code = format!("pub use self::{root} as TypifyRoot;\n{code}");
                self.module(&format!("{group}_{name}"), &code);
                writeln!(
                    self.codecs,
                    "        ({group:?}, {name:?}) => Ok(crate::codec::serde::<{group}_{name}::{root}>),"
                )
                .expect("a string");
            }
            Err(error) => self.refused(group, name, &error),
        }
    }

    fn refused(&mut self, group: &str, name: &str, error: &str) {
        writeln!(self.codecs, "        ({group:?}, {name:?}) => Err({error:?}),")
            .expect("a string");
    }

    fn rsgen(&mut self, setting: &str, schema: &str) -> Result<()> {
        let generator = rsgen_avro::Generator::builder()
            .use_avro_rs_unions(setting == "union_deser")
            .use_chrono_dates(setting == "chrono_dates")
            .build()?;
        let mut code = Vec::new();
        generator.generate(&rsgen_avro::Source::SchemaStr(schema), &mut code)?;
        let code = String::from_utf8(code)?;
        self.module(&format!("rsgen_{setting}"), &code);
        self.facts(&format!("rsgen_{setting}"), &code)
    }

    /// The product's generator on a schema of the breadth.
    fn ours(&mut self, name: &str, schema: &Value) -> Result<()> {
        let source = migration_events_codegen::Source {
            file: format!("{name}.json"),
            text: schema.to_string(),
            patch: None,
        };
        let options = migration_events_codegen::Options::new("breadth");
        match migration_events_codegen::generate(&[source], &options) {
            Ok(code) => {
                let root = pascal(name);
                self.module(&format!("breadth_ours_{name}"), &code);
                writeln!(
                    self.codecs,
                    "        (\"breadth_ours\", {name:?}) => Ok(crate::codec::ours::<breadth_ours_{name}::{root}>),"
                )?;
            }
            Err(error) => self.refused("breadth_ours", name, &error.to_string()),
        }
        Ok(())
    }

    fn module(&mut self, name: &str, code: &str) {
        writeln!(self.modules, "pub mod {name} {{\n{code}\n}}").expect("a string");
    }

    /// Lines as one formatter writes them, public fields, and how many of those are documented.
    fn facts(&mut self, name: &str, code: &str) -> Result<()> {
        let file = syn::parse_file(code)?;
        let lines = prettyplease::unparse(&file).lines().count();
        let (mut fields, mut documented) = (0, 0);
        structs(&file.items, &mut |item| {
            for field in public_fields(item) {
                fields += 1;
                documented += usize::from(field.attrs.iter().any(|it| it.path().is_ident("doc")));
            }
        });
        writeln!(self.facts, "    ({name:?}, {lines}, {fields}, {documented}),")?;
        Ok(())
    }

    /// Each generator's documentation of a field, from a text of its own and from a title that is another
    /// field's and all that there is, as published.
    fn documentation(&mut self, contract: &str) -> Result<()> {
        const PROPERTIES: &str = "/properties/migration/properties";
        let own: Value = serde_json::from_str(contract)?;
        let anothers = &own.pointer(PROPERTIES).ok_or("properties")?["version_date"]["description"];
        let mut published = own.clone();
        published.pointer_mut(PROPERTIES).ok_or("properties")?["account_id"] =
            json!({ "type": "string", "title": anothers });
        for (wording, schema) in [("own", &own), ("published", &published)] {
            let source = migration_events_codegen::Source {
                file: "customer_outgoing-1.json".into(),
                text: schema.to_string(),
                patch: None,
            };
            let options = migration_events_codegen::Options::new("pismo");
            let mut codes =
                vec![("ours", migration_events_codegen::generate(&[source], &options)?)];
            for (generator, setting) in [
                ("typify_plain", "plain"),
                ("typify_decimal", "decimal"),
                ("typify_number", "number"),
            ] {
                codes.push((generator, typify_code(setting, schema.clone())?.1));
            }
            for (generator, code) in codes {
                let text = documentation_of("account_id", &code)?;
                writeln!(self.documentation, "    ({wording:?}, {generator:?}, {text:?}),")?;
            }
        }
        for name in ["account_id", "version_date"] {
            let text = own.pointer(&format!("{PROPERTIES}/{name}/description"));
            let text = text.and_then(Value::as_str).ok_or("a description")?;
            writeln!(self.documentation, "    (\"contract\", {name:?}, {text:?}),")?;
        }
        Ok(())
    }

    fn finish(self) -> Result<()> {
        let Self { modules, codecs, facts, documentation, probes, schemas } = self;
        let text = format!(
            "{modules}
pub(crate) fn codec(group: &str, name: &str) -> Result<crate::codec::Rewrite, &'static str> {{
    match (group, name) {{
{codecs}        _ => Err(\"no such codec\"),
    }}
}}
pub(crate) const FACTS: &[(&str, usize, usize, usize)] = &[\n{facts}];
pub(crate) const DOCUMENTATION: &[(&str, &str, &str)] = &[\n{documentation}];
pub(crate) const BREADTH: &[(&str, &str)] = &[\n{probes}];
pub(crate) const SCHEMAS: &[(&str, &str)] = &[\n{schemas}];
"
        );
        fs::write(Path::new(&env::var("OUT_DIR")?).join("peers.rs"), text)?;
        Ok(())
    }
}

/// The type that a file's name becomes.
fn pascal(name: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('_').map(capital).collect()
}

fn structs(items: &[syn::Item], found: &mut impl FnMut(&syn::ItemStruct)) {
    for item in items {
        match item {
            syn::Item::Struct(item) => found(item),
            // typify's builders are not what it documents.
            syn::Item::Mod(item) if item.ident != "builder" => {
                structs(item.content.as_ref().map_or(&[], |(_, items)| items), found);
            }
            _ => {}
        }
    }
}

fn public_fields(item: &syn::ItemStruct) -> impl Iterator<Item = &syn::Field> {
    let is_public = |field: &&syn::Field| matches!(field.vis, syn::Visibility::Public(_));
    item.fields.iter().filter(|field| field.ident.is_some()).filter(is_public)
}

/// The documentation of a field of the struct that identifies a migration; empty if there is none.
fn documentation_of(name: &str, code: &str) -> Result<String> {
    let has = |item: &syn::ItemStruct, name: &str| {
        public_fields(item).any(|field| field.ident.as_ref().is_some_and(|it| it == name))
    };
    let (mut lines, mut is_found) = (Vec::new(), false);
    structs(&syn::parse_file(code)?.items, &mut |item| {
        if !has(item, "phase_id") || !has(item, "version_date") {
            return;
        }
        for field in public_fields(item).filter(|it| it.ident.as_ref().is_some_and(|it| it == name))
        {
            is_found = true;
            for attribute in field.attrs.iter().filter(|it| it.path().is_ident("doc")) {
                let syn::Meta::NameValue(it) = &attribute.meta else { continue };
                let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) = &it.value
                else {
                    continue;
                };
                lines.push(line.value());
            }
        }
    });
    if !is_found {
        return Err(format!("no field {name}").into());
    }
    Ok(lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The name of the root type, and the code.
fn typify_code(setting: &str, schema: Value) -> Result<(String, String)> {
    let schema: schemars::schema::RootSchema = serde_json::from_value(schema)?;
    let mut settings = TypeSpaceSettings::default();
    let convert = |instance: &str, format: Option<&str>| -> schemars::schema::SchemaObject {
        let mut schema = json!({ "type": instance });
        if let Some(format) = format {
            schema["format"] = json!(format);
        }
        serde_json::from_value(schema).expect("a schema")
    };
    if setting != "plain" {
        let number = match setting {
            "decimal" => "::rust_decimal::Decimal",
            _ => "::serde_json::Number",
        };
        let display = || [TypeSpaceImpl::Display].into_iter();
        settings
            .with_struct_builder(true)
            .with_conversion(convert("number", None), number, display())
            .with_conversion(
                convert("string", Some("date-time")),
                "::chrono::DateTime<::chrono::FixedOffset>",
                display(),
            );
    }
    let mut space = TypeSpace::new(&settings);
    let root = space.add_root_schema(schema)?.ok_or("no root type")?;
    let root = space.get_type(&root)?.name();
    let code = prettyplease::unparse(&syn::parse2(space.to_stream())?);
    Ok((root, code))
}

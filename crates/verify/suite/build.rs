//! Generates the types of every schema of the JSON Schema Test Suite, one module for each that differs.
//!
//! `fetch/run` puts the suite into the build's folder. A schema that the generator refuses is recorded
//! with its error: the tests count its cases as failed.

use migration_events_codegen::{
    Draft, Formats, Lint, Options, Reference, Severity, Source, generate_with,
};
use referencing::meta;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The drafts that the generator reads, with the folders of the suite.
const DRAFTS: [(&str, Draft); 5] = [
    ("draft4", Draft::Draft04),
    ("draft6", Draft::Draft06),
    ("draft7", Draft::Draft07),
    ("draft2019-09", Draft::Draft201909),
    ("draft2020-12", Draft::Draft202012),
];

/// The options for a file of the suite.
fn options(file: &str, draft: Draft) -> Options {
    // Schemas of the suite are doubtful on purpose.
    let lints = [
        Lint::MisspeltKeyword,
        Lint::UnknownFormat,
        Lint::Unsatisfiable,
        Lint::AssertsNothing,
        Lint::NotASchema,
    ];
    // The file is about a keyword of other drafts, which is refused by default.
    let is_compatibility = file.ends_with("/dependencies-compatibility.json");
    let lints = lints.into_iter().chain((!is_compatibility).then_some(Lint::OtherDraft));
    let options = lints
        .fold(Options::new("suite"), |options, lint| options.lint(lint, Severity::Ignore))
        .default_dialect(draft);
    // The suite asserts formats in these files alone, from 2019-09 on as an option of the implementation.
    if file.contains("/optional/format/") { options.formats(Formats::Asserted) } else { options }
}

#[derive(Deserialize)]
struct Group {
    description: String,
    schema: Box<RawValue>,
    tests: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    description: String,
    data: Box<RawValue>,
    valid: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=fetch/requirements.txt");
    println!("cargo::rerun-if-env-changed=CARGO_TARGET_DIR");
    println!("cargo::rerun-if-env-changed=CI");
    println!("cargo::rustc-check-cfg=cfg(suite_absent)");
    let suite = suite()?;
    println!("cargo::rerun-if-changed={}", suite.display());
    let mut written = Written::default();
    // The script copies its requirements last.
    if fs::read(suite.join("requirements.txt")).ok() == fs::read("fetch/requirements.txt").ok() {
        let references = references(&suite.join("remotes"))?;
        for (folder, draft) in DRAFTS {
            for path in json_files(&suite.join("tests").join(folder))? {
                let file = name(&path, &suite.join("tests"))?;
                let groups: Vec<Group> = serde_json::from_str(&fs::read_to_string(&path)?)?;
                for group in &groups {
                    written.group(&file, group, &references, &options(&file, draft))?;
                }
            }
        }
    } else {
        let script = Path::new(file!()).with_file_name("fetch").join("run");
        let message = format!(
            "the JSON Schema Test Suite is not in the build's folder; `bash {}` fetches it",
            script.display()
        );
        if env::var("CI").is_ok_and(|it| it == "true") {
            return Err(message.into());
        }
        println!("cargo::rustc-cfg=suite_absent");
        println!("cargo::warning={message}; until then its tests are ignored");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("modules.rs"), written.modules)?;
    fs::write(out.join("groups.rs"), format!("&[{}]", written.table))?;
    Ok(())
}

/// The folder that `fetch/run` fills, by the same rule.
fn suite() -> Result<PathBuf, Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut folders = package.ancestors();
    let root = folders.find(|it| it.join("Cargo.lock").is_file()).ok_or("no Cargo.lock")?;
    let target = env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    Ok(root.join(target).join("json-schema-test-suite"))
}

/// The files of `OUT_DIR`.
#[derive(Default)]
struct Written {
    modules: String,
    table: String,
    /// The path of the event in each module, by the code of the module: drafts have most schemas in common.
    events: HashMap<String, String>,
}

impl Written {
    fn group(
        &mut self,
        file: &str,
        group: &Group,
        references: &[Reference],
        options: &Options,
    ) -> Result<(), Box<dyn Error>> {
        let source =
            Source { file: "root.json".into(), text: group.schema.get().to_owned(), patch: None };
        let rewrite = match generate_with(&[source], references, options) {
            Ok(code) => format!("Ok(crate::rewrite::<{}>)", self.event(code)?),
            Err(error) => format!("Err({:?})", error.to_string()),
        };
        let description = &group.description;
        writeln!(
            self.table,
            "Group {{ file: {file:?}, description: {description:?}, rewrite: {rewrite}, cases: &["
        )?;
        for Case { description, data, valid } in &group.tests {
            let data = data.get();
            writeln!(
                self.table,
                "Case {{ description: {description:?}, data: {data:?}, valid: {valid} }},"
            )?;
        }
        writeln!(self.table, "] }},")?;
        Ok(())
    }

    /// The path of the event that the code defines.
    fn event(&mut self, code: String) -> Result<String, Box<dyn Error>> {
        if let Some(event) = self.events.get(&code) {
            return Ok(event.clone());
        }
        let module = format!("schema_{}", self.events.len());
        // The first row of the block below the family's name.
        let (_, block) =
            code.split_once("::contracts! {").ok_or("generated code without a contract")?;
        let (_, rows) = block.split_once(';').ok_or("a block without rows")?;
        let (root, _) = rows.trim_start().split_once(" => ").ok_or("a row without a type")?;
        let event = format!("crate::schemas::{module}::{root}");
        writeln!(
            self.modules,
            "/// Types of a schema of the suite.\npub mod {module} {{\n{code}\n}}"
        )?;
        self.events.insert(code, event.clone());
        Ok(event)
    }
}

/// The documents that schemas of the suite refer to: those that its server would have, and the metaschemas.
fn references(folder: &Path) -> Result<Vec<Reference>, Box<dyn Error>> {
    let metaschemas = [
        &meta::DRAFT4,
        &meta::DRAFT6,
        &meta::DRAFT7,
        &meta::DRAFT201909,
        &meta::DRAFT201909_APPLICATOR,
        &meta::DRAFT201909_CONTENT,
        &meta::DRAFT201909_CORE,
        &meta::DRAFT201909_FORMAT,
        &meta::DRAFT201909_META_DATA,
        &meta::DRAFT201909_VALIDATION,
        &meta::DRAFT202012,
        &meta::DRAFT202012_APPLICATOR,
        &meta::DRAFT202012_CONTENT,
        &meta::DRAFT202012_CORE,
        &meta::DRAFT202012_FORMAT_ANNOTATION,
        &meta::DRAFT202012_META_DATA,
        &meta::DRAFT202012_UNEVALUATED,
        &meta::DRAFT202012_VALIDATION,
    ];
    let mut references = Vec::new();
    for metaschema in metaschemas {
        let id = metaschema["$id"]
            .as_str()
            .or(metaschema["id"].as_str())
            .ok_or("a metaschema without `$id`")?;
        let uri = id.trim_end_matches('#').to_owned();
        references.push(Reference { uri, text: metaschema.to_string() });
    }
    for path in json_files(folder)? {
        let uri = format!("http://localhost:1234/{}", name(&path, folder)?);
        references.push(Reference { uri, text: fs::read_to_string(&path)? });
    }
    Ok(references)
}

/// The path of a file below a folder, with slashes.
fn name(path: &Path, folder: &Path) -> Result<String, Box<dyn Error>> {
    Ok(path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/"))
}

/// The JSON files below a folder, in the order of their names.
fn json_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(json_files(&path)?);
        } else if path.extension().is_some_and(|end| end == "json") {
            files.push(path);
        }
    }
    Ok(files)
}

//! The invariants of ARCHITECTURE.md, read off the sources. A breach is reported with file and line.

use migration_events_architecture::{Source, circles, edges, read, root, sources, words};
use std::collections::{BTreeMap, BTreeSet};

/// Folders whose code belongs to no family.
const GENERIC: &[&str] =
    &["crates/runtime/src", "crates/stream/src", "crates/avro/src", "crates/codegen/src"];

/// Folders whose files must not refer to each other in circles.
const LAYERED: &[&str] =
    &["src", "crates/runtime/src", "crates/stream/src", "crates/avro/src", "crates/codegen/src"];

/// Words of schema dialects that a backend must not know.
const DIALECTS: &[&str] = &[
    "asyncapi",
    "async_api",
    "json_schema",
    "openapi",
    "open_api",
    "dialect",
    "draft",
    "frontend",
    "additionalProperties",
    "allOf",
    "anyOf",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "unevaluatedItems",
    "unevaluatedProperties",
    "dependentSchemas",
];

/// Words of Rust's own and of crates for it that a frontend must not know.
const RUST: &[&str] = &[
    "quote",
    "quote_spanned",
    "parse_quote",
    "proc_macro2",
    "syn",
    "prettyplease",
    "TokenStream",
    "backend",
    "rust_decimal",
    "chrono",
    "NaiveDate",
];

/// Breaches that are known, each once: the rule, the file, the word, and why it is still there.
const KNOWN: &[(&str, &str, &str, &str)] = &[
    (
        "dialect",
        "crates/codegen/src/backend/rows.rs",
        "json_schema",
        "the heading of a table names its language for the reader",
    ),
    (
        "rust",
        "crates/codegen/src/frontend/json_schema/external.rs",
        "syn",
        "a contract names a type of Rust in `x-rust-type`, whose path is checked where it is read",
    ),
    (
        "runtime",
        "crates/codegen/src/options.rs",
        "migration_events_runtime",
        "the default of the option that says where the runtime is",
    ),
    (
        "family",
        "crates/runtime/src/envelope/unwrap.rs",
        "Pismo",
        "a published variant of `Layer`: wrappers of a family are found in one pass with the others",
    ),
];

/// Circles that are recursion: their files, and why.
const CIRCLES: &[(&[&str], &str)] = &[(
    &[
        "crates/runtime/src/arbitrary/object.rs",
        "crates/runtime/src/arbitrary/text.rs",
        "crates/runtime/src/arbitrary/value.rs",
    ],
    "a random object holds random values, and a string may hold the text of one",
)];

/// Packages, and the packages of this repository that each may depend on.
const ARROWS: &[(&str, &[&str])] = &[
    ("Cargo.toml", &["avro", "codegen", "runtime", "stream"]),
    ("crates/runtime/Cargo.toml", &[]),
    ("crates/codegen/Cargo.toml", &[]),
    ("crates/avro/Cargo.toml", &["runtime"]),
    ("crates/stream/Cargo.toml", &["runtime", "avro"]),
];

/// The most lines of the generated code of each family.
const BUDGETS: &[(&str, usize)] = &[("pismo", 1_400), ("boost", 800), ("specsavers", 1_500)];

/// The most lines for each contract, on average, in the generated code of all groups of Pismo.
const LINES_PER_CONTRACT: usize = 350;

/// Asserts that a rule has no breach but the known ones, and that each of these is still there.
fn assert_known(rule: &str, breaches: &[(String, String, usize)]) {
    let mut known: BTreeMap<(&str, &str), bool> = KNOWN
        .iter()
        .filter(|(of, _, _, _)| *of == rule)
        .map(|(_, file, word, _)| ((*file, *word), false))
        .collect();
    let mut unknown = Vec::new();
    for (file, word, line) in breaches {
        match known.get_mut(&(file.as_str(), word.as_str())) {
            Some(found) => *found = true,
            None => unknown.push(format!("{file}:{line}: {word}")),
        }
    }
    let mended: Vec<_> = known.iter().filter(|(_, found)| !**found).map(|(at, _)| at).collect();
    assert!(unknown.is_empty(), "{} breaches:\n{}", unknown.len(), unknown.join("\n"));
    assert!(mended.is_empty(), "no longer there, so take them off the list: {mended:?}");
}

/// The words of code that are not allowed, with their places.
fn breaches(sources: &[Source], is_breach: impl Fn(&str) -> bool) -> Vec<(String, String, usize)> {
    let mut found = Vec::new();
    for source in sources {
        for (line, code) in source.lines() {
            let words = words(code).filter(|word| is_breach(word));
            found.extend(words.map(|word| (source.path.clone(), word.to_owned(), line)));
        }
    }
    found
}

#[test]
fn backends_know_no_dialect() {
    let folder = "crates/codegen/src/backend";
    let is_breach = |word: &str| DIALECTS.contains(&word);
    assert_known("dialect", &breaches(&sources(folder), is_breach));
}

#[test]
fn frontends_know_no_rust() {
    let folder = "crates/codegen/src/frontend";
    assert_known("rust", &breaches(&sources(folder), |word| RUST.contains(&word)));
}

#[test]
fn facts_know_no_emission() {
    const BACKEND: &str = "crates/codegen/src/backend/";
    let is_fact = |file: &str| file.starts_with("crates/codegen/src/backend/facts/");
    let folder = "crates/codegen/src";
    let sources = sources(folder);
    let upward: Vec<_> = edges(folder, &sources)
        .into_iter()
        .filter(|edge| is_fact(&edge.from) && edge.to.starts_with(BACKEND) && !is_fact(&edge.to))
        .collect();
    assert_eq!(upward, []);
    let (facts, others): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| is_fact(&source.path));
    assert!(!facts.is_empty());
    assert_eq!(breaches(&facts, |word| matches!(word, "quote" | "TokenStream")), []);
    // A method on the context would be a reference that no path shows.
    for source in others.iter().filter(|source| source.path.starts_with(BACKEND)) {
        let mut lines = source.lines().filter(|(_, line)| line.starts_with("impl"));
        let found = lines.find(|(_, line)| words(line).any(|word| word == "Context"));
        assert_eq!(found, None, "{}", source.path);
    }
}

#[test]
fn runtime_names_stand_in_one_file() {
    let runtime = |word: &str| word.starts_with("migration_events") || word == "__private";
    let mut sources = sources("crates/codegen/src");
    let before = sources.len();
    sources.retain(|source| source.path != "crates/codegen/src/backend/paths.rs");
    assert_eq!(sources.len(), before - 1);
    // The generator may name itself, and the command line of its users.
    let own = |word: &str| word.starts_with("migration_events_codegen");
    assert_known("runtime", &breaches(&sources, |word| runtime(word) && !own(word)));
}

#[test]
fn generic_code_names_no_family() {
    let family = |word: &str| {
        let word = word.to_lowercase();
        ["pismo", "boost", "specsavers"].iter().any(|family| word.contains(family))
    };
    let sources: Vec<Source> = GENERIC.iter().flat_map(|folder| sources(folder)).collect();
    assert_known("family", &breaches(&sources, family));
}

#[test]
fn files_refer_to_each_other_in_one_direction() {
    let (mut unknown, mut used) = (Vec::new(), BTreeSet::new());
    for folder in LAYERED {
        let edges = edges(folder, &sources(folder));
        assert!(!edges.is_empty(), "{folder} refers to nothing");
        for circle in circles(&edges) {
            let is_allowed = |(files, _): &(&[&str], &str)| {
                circle.iter().all(|file| files.contains(&file.as_str()))
            };
            if let Some(index) = CIRCLES.iter().position(is_allowed) {
                used.insert(index);
                continue;
            }
            let inside = edges
                .iter()
                .filter(|edge| circle.contains(&edge.from) && circle.contains(&edge.to));
            let lines: BTreeSet<String> = inside
                .map(|edge| format!("  {}:{} -> {}", edge.from, edge.line, edge.to))
                .collect();
            let lines: Vec<String> = lines.into_iter().collect();
            unknown.push(format!("{} files:\n{}", circle.len(), lines.join("\n")));
        }
    }
    assert!(unknown.is_empty(), "{} circles:\n{}", unknown.len(), unknown.join("\n\n"));
    let unused: Vec<_> = (0..CIRCLES.len()).filter(|index| !used.contains(index)).collect();
    assert!(unused.is_empty(), "no longer there, so take them off the list: {unused:?}");
}

#[test]
fn packages_depend_downwards_only() {
    for (manifest, allowed) in ARROWS {
        let mut section = String::new();
        for (index, line) in read(manifest).lines().enumerate() {
            if line.starts_with('[') {
                section = line.trim_matches(['[', ']']).to_owned();
            }
            let counts = matches!(&*section, "dependencies" | "build-dependencies")
                || section.starts_with("target.") && !section.contains("dev-dependencies");
            let package = line.split(['=', '.', ' ']).next().unwrap_or_default();
            if let Some(name) = package.strip_prefix("migration-events-").filter(|_| counts) {
                let line = index + 1;
                assert!(allowed.contains(&name), "{manifest}:{line}: depends on {package}");
            }
        }
    }
    // Every published package is in the table.
    for manifest in manifests().iter().filter(|path| !path.starts_with("crates/verify/")) {
        let is_listed = ARROWS.iter().any(|(listed, _)| listed == manifest);
        assert!(is_listed, "{manifest} is not in the table");
    }
}

#[test]
fn ci_names_tests_that_need_features() {
    let ci = read(".ci/run");
    let mut names = Vec::new();
    for manifest in manifests() {
        for target in read(&manifest).split("\n[[test]]\n").skip(1) {
            let target = target.split("\n[").next().unwrap_or_default();
            let name = target.split('"').nth(1).expect("a name");
            if target.contains("required-features") {
                assert!(
                    ci.contains(&format!("--test {name}")),
                    "{manifest}: {name} is not in .ci/run"
                );
                names.push(name.to_owned());
            }
        }
    }
    assert!(names.len() >= 2, "{names:?}");
    assert!(ci.contains("cargo test --workspace --locked\n"), "all other tests");
}

#[test]
fn libraries_without_test_targets_have_no_tests() {
    let mut found = 0;
    for manifest in manifests() {
        let text = read(&manifest);
        let library = text.split("\n[lib]\n").nth(1).unwrap_or_default();
        let library = library.split("\n[").next().unwrap_or_default();
        let folder = manifest.replace("Cargo.toml", "src");
        for (setting, mark) in [("\ntest = false", "#[test]"), ("\ndoctest = false", "//! ```")] {
            if !format!("\n{library}").contains(setting) {
                continue;
            }
            found += 1;
            for Source { path, .. } in sources(&folder) {
                let has = read(&path).contains(mark);
                assert!(!has, "{path}: `{mark}` is never run, since {manifest} says so");
            }
        }
    }
    assert!(found >= 2, "{found}");
}

/// The manifests of the workspace, below the root of the repository.
fn manifests() -> Vec<String> {
    let mut manifests = vec!["Cargo.toml".to_owned()];
    for folder in ["crates", "crates/verify"] {
        for entry in std::fs::read_dir(root().join(folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
            let manifest = format!("{folder}/{name}/Cargo.toml");
            if root().join(&manifest).exists() {
                manifests.push(manifest);
            }
        }
    }
    manifests
}

#[test]
fn doc_comments_say_what_a_thing_is() {
    let mut found = Vec::new();
    for folder in ["src", "crates", "tests", "examples", "benches", "fuzz"] {
        for source in sources(folder) {
            let riddle = |text: &str| {
                let word = text.split(|letter: char| !letter.is_alphabetic()).next();
                matches!(word, Some("What" | "Whether" | "How"))
            };
            let docs = source.docs.iter().filter(|(_, text)| riddle(text));
            found.extend(docs.map(|(line, text)| format!("{}:{line}: {text}", source.path)));
        }
    }
    assert!(found.is_empty(), "{} riddles:\n{}", found.len(), found.join("\n"));
}

#[test]
fn generated_code_keeps_its_budget() {
    let mut exceeded = Vec::new();
    for (family, most) in BUDGETS {
        let file = format!("tests/golden/generated/{family}.rs");
        let lines = read(&file).lines().count();
        assert!(lines > 100, "{file}: {lines} lines");
        if lines > *most {
            exceeded.push(format!("{file}: {lines} lines, at most {most}"));
        }
    }
    assert!(exceeded.is_empty(), "{}", exceeded.join("\n"));

    let all = read("tests/golden/generated/pismo_all.rs");
    let contracts = all.lines().next().unwrap_or_default().matches("-1.json").count();
    assert!(contracts > 40, "{contracts} contracts");
    let lines = all.lines().count();
    let most = contracts * LINES_PER_CONTRACT;
    assert!(lines <= most, "{lines} lines for {contracts} contracts, at most {most}");
}

/// Code for `feature = "pismo"` is not compiled by default, where only the core of Pismo is.
#[test]
fn code_for_all_of_pismo_is_listed() {
    let listed = ["src/pismo/order.rs", "tests/golden.rs"];
    let mut found = Vec::new();
    for folder in ["src", "tests", "examples", "benches"] {
        for Source { path, .. } in sources(folder) {
            if read(&path).contains("feature = \"pismo\"") {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    assert_eq!(found, listed, "write `pismo-core`, or list the file");
}

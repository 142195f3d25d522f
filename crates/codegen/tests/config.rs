//! `Config`: files and folders in, one file out, and errors with a remedy.

use migration_events_codegen::{CompileError, Config};
use std::fs;
use std::path::{Path, PathBuf};

const OBJECT: &str = r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#;

/// Creates a folder for one test.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("config").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    folder
}

/// Returns the text of the error without the path of the folder.
fn error(result: Result<String, CompileError>, folder: &Path) -> String {
    let text = result.expect_err("it is wrong").to_string();
    text.replace(&format!("{}/", folder.display()), "")
}

/// Asserts that each type is generated.
fn has(rust: &str, types: &[&str]) {
    for name in types {
        let is_there =
            ["struct", "enum"].iter().any(|kind| rust.contains(&format!("pub {kind} {name} ")));
        assert!(is_there, "{name} in\n{rust}");
    }
}

#[test]
fn folders_are_read_with_or_without_subfolders() {
    let folder = folder(
        "recursive",
        &[
            ("b.json", OBJECT),
            ("deep/er/c-2.json", OBJECT),
            ("deep/a.avsc", r#"{"type": "record", "name": "Avro", "fields": []}"#),
            ("deep/.hidden/d.json", "no contract"),
            ("notes.txt", "no contract"),
            (
                "b.patch.json",
                r#"[{"op": "remove", "path": "/properties/a", "reason": "Unused."}, {"op": "add", "path": "/properties/z", "value": {}, "reason": "Used."}]"#,
            ),
        ],
    );
    let flat = Config::new("acme").folder(&folder).generate().unwrap();
    has(&flat, &["B"]);
    assert!(!flat.contains("Avro") && flat.contains("pub z:"));
    let all = Config::new("acme").folder_recursive(&folder).generate().unwrap();
    has(&all, &["B", "Avro", "C"]);
    // A contract that does not name itself is named after its path in the folder.
    assert!(all.contains("\"deep/er/c\""), "{all}");
}

#[test]
fn files_are_read_only_once() {
    let folder = folder("twice", &[("b.json", OBJECT)]);
    let config = Config::new("acme").file(folder.join("b.json"));
    let once = config.generate().unwrap();
    assert_eq!(config.folder(&folder).file(folder.join("./b.json")).generate().unwrap(), once);
}

#[test]
fn equal_file_names_are_extended_by_folders() {
    let folder = folder("same", &[("x/event.json", OBJECT), ("y/event.json", OBJECT)]);
    let (x, y) = (folder.join("x/event.json"), folder.join("y/event.json"));
    let rust = Config::new("acme").file(&x).file(&y).generate().unwrap();
    has(&rust, &["XEvent", "YEvent"]);
    let other = Config::new("acme").file(&y).file(&x).generate().unwrap();
    has(&other, &["XEvent", "YEvent"]);
}

#[test]
fn all_problems_of_inputs_are_reported_together() {
    let folder = folder("wrong", &[("meter.json", "{]"), ("tariff.json", OBJECT)]);
    fs::write(folder.join("latin.json"), b"{\n\"a\": \"\xe4\"}").unwrap();
    let config = Config::new("acme")
        .file(folder.join("metre.json"))
        .file(folder.join("meter.json"))
        .file(folder.join("latin.json"))
        .file(folder.join("tariff.json"))
        .folder(folder.join("none"))
        .patch("tarif.json", "[]")
        .patch_file("tariff.json", folder.join("no.patch.json"));
    assert_eq!(
        error(config.generate(), &folder),
        r#"error: cannot read the folder: No such file or directory (os error 2)
 --> none
  = help: name a folder with contracts; relative paths start at the folder of the package

error: cannot read the file: No such file or directory (os error 2)
 --> metre.json
  = help: did you mean `meter.json`?

error: the file is not UTF-8
 --> latin.json:2:7
  = help: save the file as UTF-8

error: no contract matches "tarif.json"
 --> patch("tarif.json", …)
  = help: did you mean `tariff.json`?

error: cannot read the file: No such file or directory (os error 2)
 --> no.patch.json
  = help: check the path; relative paths start at the folder of the package

error: invalid JSON: key must be a string
 --> meter.json:1:2
  |
1 | {]
  |  ^
  |
  = help: correct the text (RFC 8259): at most 128 levels, no number beyond the range of a 64-bit floating point number"#
    );
}

#[test]
fn deviations_of_all_sources_apply() {
    let patch = |path: &str| {
        format!(
            r#"[{{"op": "add", "path": "/properties/{path}", "value": {{}}, "reason": "Sent."}}]"#
        )
    };
    let folder = folder(
        "deviations",
        &[
            ("in/a.json", OBJECT),
            ("in/a.patch.json", &patch("b")),
            ("elsewhere.json", &patch("c")),
            ("in/other.json", OBJECT),
        ],
    );
    let config = Config::new("acme").folder(folder.join("in"));
    let rust = config
        .clone()
        .patch_file("a.json", folder.join("elsewhere.json"))
        .patch(folder.join("in/a.json"), patch("d"))
        .generate()
        .unwrap();
    for name in ["b", "c", "d"] {
        assert!(rust.contains(&format!("pub {name}: ")), "{name}");
    }
    let no_reason = r#"[{"op": "remove", "path": "/properties/nothing"}]"#;
    assert_eq!(
        error(config.patch("a.json", no_reason).generate(), &folder),
        r#"error: the deviation states no reason
 --> patch("a.json", …):1:2
  |
1 | [{"op": "remove", "path": "/properties/nothing"}]
  |  ^
  |
  = at: /0
  = help: add `"reason": "…"`

error: the contract has no value at "/properties/nothing"
 --> patch("a.json", …):1:2
  |
1 | [{"op": "remove", "path": "/properties/nothing"}]
  |  ^
  |
  = at: /0
  = help: follow RFC 6902, and use a path that exists in the contract"#
    );
}

#[test]
fn unchanged_code_is_not_rewritten() {
    let folder = folder("output", &[("a.json", OBJECT)]);
    let config = Config::new("acme")
        .file(folder.join("a.json"))
        .out_dir(folder.join("new/folder"))
        .file_name("types.rs");
    let path = config.compile().unwrap();
    assert_eq!(path, folder.join("new/folder/types.rs"));
    let first = fs::metadata(&path).unwrap().modified().unwrap();
    config.write(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), first);
    assert!(matches!(
        Config::new("acme").file(folder.join("a.json")).write(folder.join("a.json/types.rs")),
        Err(CompileError::Io { .. })
    ));
}

#[test]
fn outdated_committed_code_is_detected() {
    let folder = folder("check", &[("a.json", OBJECT)]);
    let config = Config::new("acme").file(folder.join("a.json"));
    let path = folder.join("acme.rs");
    let check = |config: &Config| {
        let error = config.check(&path).expect_err("it differs").to_string();
        error.replace(&format!("{}/", folder.display()), "")
    };
    assert_eq!(
        check(&config),
        "error: the generated code is missing\n --> acme.rs\n  = help: regenerate it with \
         `Config::write` and the same settings, and commit the file"
    );
    config.write(&path).unwrap();
    config.check(&path).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    // Line endings and layout do not matter.
    for layout in
        [text.replace('\n', "\r\n"), text.replace("    ", "  "), text.replace(" {\n", "\n{\n")]
    {
        assert_ne!(layout, text);
        fs::write(&path, layout).unwrap();
        config.check(&path).unwrap();
    }
    fs::write(&path, text.replacen("pub a:", "pub b:", 1)).unwrap();
    let line = text.lines().position(|line| line.contains("pub a:")).unwrap() + 1;
    let margin = " ".repeat(line.to_string().len());
    assert_eq!(
        check(&config.clone().regenerate_with("cargo xtask generate")),
        format!(
            "error: the generated code is out of date\n{margin}--> acme.rs:{line}\n\
             {margin} |\n{margin} -     pub b: Option<String>,\n\
             {margin} +     pub a: Option<String>,\n{margin} |\n\
             {margin} = help: run `cargo xtask generate` and commit the file"
        )
    );
    fs::write(&path, &text[..text.len() / 2]).unwrap();
    assert!(check(&config).contains("the generated code is out of date"));
}

//! The blocks of the README and of the pages in `docs/` compile and run when pasted into an empty crate.
//!
//! The rules of pasting:
//! * A `toml` block begins an empty crate and is appended to its `Cargo.toml`; the blocks after it go into it.
//! * A `rust` block is pasted unchanged: into the file that its first line names (`// build.rs`), or, if it
//!   names none, into a module of its own.
//! * A `json` block is written to the file that the paragraph before it names in backticks and a colon.
//! * A `text` block directly after `src/main.rs` is the output of the program.
//!
//! The crates of a page are built in one workspace, in which the published crates are those of this checkout.
//! `cargo test` runs each crate's tests, and its program is run.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A fenced block.
struct Block {
    language: String,
    text: String,
    /// Line of the page on which it opens.
    line: usize,
    /// The paragraph before it.
    before: String,
}

/// The fenced blocks of a page.
fn blocks(page: &str) -> Vec<Block> {
    let (mut found, mut open): (Vec<Block>, Option<Block>) = (Vec::new(), None);
    let (mut paragraph, mut ended) = (String::new(), false);
    for (index, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                let (language, before) = (language.to_owned(), std::mem::take(&mut paragraph));
                open = Some(Block { language, text: String::new(), line: index + 1, before });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) if line.is_empty() => ended = true,
            (None, None) => {
                if std::mem::take(&mut ended) {
                    paragraph.clear();
                }
                paragraph.push_str(line);
            }
        }
    }
    assert!(open.is_none(), "a block of the page does not end");
    found
}

/// A crate into which blocks are pasted.
struct Guest {
    name: String,
    folder: PathBuf,
    modules: String,
    /// The output of its program.
    output: Option<String>,
}

impl Guest {
    fn new(workspace: &Path, number: usize, dependencies: &str) -> Self {
        let name = format!("guest-{number}");
        let folder = workspace.join(&name);
        let manifest =
            format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n\n{dependencies}");
        write(&folder.join("Cargo.toml"), &manifest);
        Self { name, folder, modules: String::new(), output: None }
    }

    fn paste(&mut self, block: &Block) {
        let first = block.text.lines().next().unwrap_or_default();
        let module = format!("block_{}", block.line);
        let named = first.strip_prefix("// ").filter(|name| name.ends_with(".rs"));
        let file = named.map_or_else(|| format!("src/{module}.rs"), str::to_owned);
        if named.is_none() {
            writeln!(self.modules, "#[allow(dead_code)]\npub mod {module};").unwrap();
        }
        write(&self.folder.join(file), &block.text);
    }

    fn has_program(&self) -> bool {
        self.folder.join("src/main.rs").exists()
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file in a folder")).unwrap();
    fs::write(path, text).unwrap();
}

/// The crates of a page, in a workspace that was empty.
fn guests(workspace: &Path, page: &str) -> Vec<Guest> {
    let mut guests: Vec<Guest> = Vec::new();
    let mut is_after_program = false;
    for block in blocks(page) {
        let was_after_program = std::mem::take(&mut is_after_program);
        let line = block.line;
        match block.language.as_str() {
            "toml" => guests.push(Guest::new(workspace, guests.len() + 1, &block.text)),
            "rust" => {
                let guest = guests.last_mut().expect("a TOML block comes first");
                guest.paste(&block);
                is_after_program = block.text.starts_with("// src/main.rs\n");
            }
            "json" => {
                let file = block.before.strip_suffix("`:").and_then(|text| text.rsplit_once('`'));
                let (_, file) = file.unwrap_or_else(|| panic!("line {line}: no file is named"));
                let guest = guests.last().expect("a TOML block comes first");
                write(&guest.folder.join(file), &block.text);
            }
            "text" if was_after_program => {
                guests.last_mut().expect("a program").output = Some(block.text);
            }
            "text" | "console" => {}
            other => panic!("line {line}: `{other}` is not a language that is pasted"),
        }
    }
    for guest in guests.iter().filter(|guest| !guest.modules.is_empty() || !guest.has_program()) {
        write(&guest.folder.join("src/lib.rs"), &guest.modules);
    }
    guests
}

/// The published crates of this checkout: their names and folders.
fn published() -> Vec<(String, PathBuf)> {
    let crates = fs::read_dir(Path::new(ROOT).join("crates")).unwrap();
    let mut folders: Vec<_> = crates.map(|entry| entry.unwrap().path()).collect();
    folders.push(ROOT.into());
    folders.sort();
    let named = folders.into_iter().filter_map(|folder| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        let (_, package) = manifest.split_once("[package]\nname = \"")?;
        Some((package.split_once('"')?.0.to_owned(), folder))
    });
    named.collect()
}

/// Pastes the blocks of a page into empty crates, tests them and runs their programs.
fn pasted(file: &str) {
    let page = fs::read_to_string(Path::new(ROOT).join(file)).unwrap();
    let hidden = |block: &Block| {
        block.language == "rust" && block.text.lines().any(|it| it.starts_with("# "))
    };
    assert!(!blocks(&page).iter().any(hidden), "{file}: hidden lines are not in what is pasted");

    let workspace =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("pasted").join(file.replace('/', "-"));
    let _ = fs::remove_dir_all(&workspace);
    let guests = guests(&workspace, &page);
    assert!(!guests.is_empty(), "{file}: nothing is pasted");
    let mut manifest = String::from(
        "[workspace]\nresolver = \"3\"\nmembers = [\"guest-*\"]\n\n[patch.crates-io]\n",
    );
    for (name, folder) in published() {
        writeln!(manifest, "{name} = {{ path = {folder:?} }}").unwrap();
    }
    write(&workspace.join("Cargo.toml"), &manifest);
    // The dependencies that this checkout is tested with, which are there without a network.
    fs::copy(Path::new(ROOT).join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();

    for guest in &guests {
        cargo(&workspace, &["test", "--offline", "--quiet", "-p", &guest.name]);
        if guest.has_program() {
            let printed = cargo(&workspace, &["run", "--offline", "--quiet", "-p", &guest.name]);
            if let Some(output) = &guest.output {
                assert_eq!(&printed, output, "{file}: what {} prints", guest.name);
            }
        }
    }
}

/// Runs Cargo on crates that share one target folder; returns what it printed.
fn cargo(workspace: &Path, arguments: &[&str]) -> String {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pasted/target");
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .unwrap();
    let (printed, errors) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "cargo {}\n{printed}{errors}", arguments.join(" "));
    printed.into_owned()
}

#[test]
fn readme_compiles_when_pasted() {
    pasted("README.md");
}

#[test]
fn guide_compiles_when_pasted() {
    pasted("docs/guide.md");
}

//! The caller for build scripts: reads contracts, writes `OUT_DIR`.

use crate::{Error, Options, Source, generate};
use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

/// Which contracts to compile, and how.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// migration_events_codegen::Config::new("acme")
///     .file("schemas/meter_moved-1.json")
///     .file("schemas/tariff_changed.avsc")
///     .compile()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Config {
    options: Options,
    inputs: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    rerun: bool,
}

/// Why contracts were not compiled.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// A contract cannot be turned into Rust.
    #[error(transparent)]
    Contract(#[from] Error),
    /// A file cannot be read or written.
    #[error("cannot read or write {}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Not called from a build script, and no other place to write to was named.
    #[error(
        "OUT_DIR is not set: call this from build.rs, or use `generate` and write the text yourself"
    )]
    NoOutDir,
}

/// The error and its cause: it is what a build script shows that returns the error from `main`.
impl fmt::Debug for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        match self {
            CompileError::Io { source, .. } => write!(f, ": {source}"),
            CompileError::Contract(_) | CompileError::NoOutDir => Ok(()),
        }
    }
}

impl Config {
    /// A family without contracts yet; its code is written to `<family>.rs`.
    pub fn new(family: impl Into<String>) -> Self {
        let options = Options::new(family);
        Self { options, inputs: Vec::new(), folders: Vec::new(), rerun: true }
    }

    /// Adds a contract: JSON Schema or AsyncAPI (`.json`), or Avro (`.avsc`).
    ///
    /// Deviations are taken from the file beside it with the ending `.patch.json`, if there is one.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.inputs.push(path.into());
        self
    }

    /// Adds every `.json` and `.avsc` file of a folder, in the order of their names; patch files
    /// belong to the contracts they are named after, and folders inside are left alone.
    pub fn folder(mut self, path: impl Into<PathBuf>) -> Self {
        self.folders.push(path.into());
        self
    }

    /// The path under which generated code finds the runtime, if the dependency is renamed:
    /// `::events` for `events = { package = "migration-events" }`.
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.options.runtime = path.into();
        self
    }

    /// Whether to tell Cargo to run the build script again when a contract changes (default: yes).
    pub fn emit_rerun_if_changed(mut self, emit: bool) -> Self {
        self.rerun = emit;
        self
    }

    /// Reads the contracts and generates their code.
    ///
    /// # Errors
    /// A file that cannot be read, or a contract that cannot be turned into Rust.
    pub fn generate(&self) -> Result<String, CompileError> {
        let mut inputs = self.inputs.clone();
        for folder in &self.folders {
            self.watch(folder);
            inputs.extend(contracts(folder)?);
        }
        let sources = inputs.iter().map(|path| self.source(path)).collect::<Result<Vec<_>, _>>()?;
        Ok(generate(&sources, &self.options)?)
    }

    /// Generates the code and writes it to `$OUT_DIR/<family>.rs`.
    ///
    /// # Errors
    /// As [`Config::generate`]; a file that cannot be written, or no `OUT_DIR`.
    pub fn compile(&self) -> Result<PathBuf, CompileError> {
        let folder = env::var_os("OUT_DIR").ok_or(CompileError::NoOutDir)?;
        let path = Path::new(&folder).join(format!("{}.rs", self.options.family));
        fs::write(&path, self.generate()?).map_err(at(&path))?;
        Ok(path)
    }

    fn source(&self, path: &Path) -> Result<Source, CompileError> {
        self.watch(path);
        let patch_path = path.with_extension("patch.json");
        let patch = if patch_path.is_file() {
            self.watch(&patch_path);
            Some((name(&patch_path), fs::read_to_string(&patch_path).map_err(at(&patch_path))?))
        } else {
            None
        };
        Ok(Source { file: name(path), text: fs::read_to_string(path).map_err(at(path))?, patch })
    }

    fn watch(&self, path: &Path) {
        if self.rerun {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
}

/// The contracts of a folder, sorted by name.
fn contracts(folder: &Path) -> Result<Vec<PathBuf>, CompileError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        let file = name(&path);
        let contract = file.ends_with(".avsc") || file.ends_with(".json");
        if path.is_file() && contract && !file.ends_with(".patch.json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> CompileError + use<> {
    let path = path.to_owned();
    |source| CompileError::Io { path, source }
}

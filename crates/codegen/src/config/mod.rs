//! The interface for build scripts, tests and programs: reads contracts and writes generated code. No
//! other part of the generator does I/O.

mod error;
mod files;
mod output;
#[cfg(feature = "evolution")]
mod referred;
mod watch;

pub use error::{CompileError, Stale};
#[cfg(feature = "evolution")]
pub(crate) use {files::one, referred::referred};

use crate::error::{Error, Problem};
use crate::{
    CrateVersion, Draft, Formats, Generated, Lint, Numbers, Options, Reference, Severity,
    UnknownCrates, input,
};
use std::path::PathBuf;
use std::{env, fs};

/// Configuration of the generator: the contracts, the options, and the destination.
///
/// In a build script, [`Config::compile`] writes to `OUT_DIR`. Cargo runs the script again when a
/// contract is added, changed or removed:
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// migration_events_codegen::Config::new("acme")
///     .file("schemas/meter_moved-1.json")
///     .folder_recursive("schemas/tariffs")
///     .runtime("::events")
///     .rename("MeterMoved::msn", "serial_number")
///     .derive("Status", "::my_crate::Label")
///     .compile()?;
/// # Ok(())
/// # }
/// ```
///
/// To commit generated code, write it with [`Config::write`] from a program of your own and test with
/// [`Config::check`] that it is up to date:
///
/// ```
/// use migration_events_codegen::Config;
///
/// # let folder = std::env::temp_dir().join(format!("codegen-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let contract = folder.join("meter_moved-1.json");
/// # std::fs::write(&contract, r#"{"type": "object", "properties": {"meter": {}}}"#)?;
/// # let committed = folder.join("acme.rs");
/// let config = Config::new("acme").file(&contract).regenerate_with("cargo run --bin generate");
/// config.write(&committed)?;
/// config.check(&committed)?;
///
/// std::fs::write(&committed, "// edited")?;
/// let error = config.check(&committed).unwrap_err().to_string();
/// assert!(error.contains("cargo run --bin generate"), "{error}");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Config {
    options: Options,
    inputs: Vec<files::Entry>,
    /// URI and file of each document that contracts refer to.
    references: Vec<(String, PathBuf)>,
    /// Deviations, each with the path of its contract.
    deviations: Vec<(PathBuf, files::Deviation)>,
    out_dir: Option<PathBuf>,
    file_name: Option<String>,
    command: Option<String>,
    rerun: bool,
}

impl Config {
    /// Returns a configuration without contracts. The code is written to `<family>.rs`.
    pub fn new(family: impl Into<String>) -> Self {
        Self::with_options(Options::new(family))
    }

    /// Returns a configuration without contracts that uses the given options.
    pub fn with_options(options: Options) -> Self {
        Self {
            options,
            inputs: Vec::new(),
            references: Vec::new(),
            deviations: Vec::new(),
            out_dir: None,
            file_name: None,
            command: None,
            rerun: true,
        }
    }

    /// Adds a contract: JSON Schema, AsyncAPI or OpenAPI (`.json`; `.yaml` and `.yml` with the feature `yaml`), Avro
    /// (`.avsc`, or the types of a protocol, `.avpr`), or the answer of a schema registry
    /// (`{"schema": "…", "schemaType": "AVRO"}`).
    ///
    /// Deviations are read from the file beside it with the extension `.patch.json`, if it exists.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.inputs.push(files::Entry::File(path.into()));
        self
    }

    /// Adds every contract of a folder, ordered by name. Patch files apply to the contracts they are
    /// named after. Subfolders are ignored.
    pub fn folder(mut self, path: impl Into<PathBuf>) -> Self {
        self.inputs.push(files::Entry::Folder { path: path.into(), recursive: false });
        self
    }

    /// Adds every contract of a folder and its subfolders.
    ///
    /// A contract that does not name itself is named after its path in the folder: `tariffs/changed` for
    /// `tariffs/changed-1.json`. Files and folders whose names start with a dot are ignored.
    pub fn folder_recursive(mut self, path: impl Into<PathBuf>) -> Self {
        self.inputs.push(files::Entry::Folder { path: path.into(), recursive: true });
        self
    }

    /// Adds a document to which contracts refer by URI or by relative file name. It produces no code of
    /// its own. Contracts of the same run can refer to each other without this.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// migration_events_codegen::Config::new("acme")
    ///     .folder("schemas")
    ///     .reference("https://acme.example/common.json", "shared/common.json")
    ///     .compile()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn reference(mut self, uri: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.references.push((uri.into(), path.into()));
        self
    }

    /// Adds deviations of a contract from a patch file of any name (RFC 6902; each operation states a
    /// `reason`). They apply after those of the file beside the contract, in the order of the calls.
    ///
    /// `contract` is the path of an input, or the last components of one: `meter_moved-1.json`.
    pub fn patch_file(mut self, contract: impl Into<PathBuf>, patch: impl Into<PathBuf>) -> Self {
        self.deviations.push((contract.into(), files::Deviation::File(patch.into())));
        self
    }

    /// Adds deviations of a contract from a text, as [`Config::patch_file`] does from a file.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// migration_events_codegen::Config::new("acme")
    ///     .folder("schemas")
    ///     .patch(
    ///         "meter_moved-1.json",
    ///         r#"[{"op": "remove", "path": "/properties/msn/pattern", "reason": "Old meters break it."}]"#,
    ///     )
    ///     .compile()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn patch(mut self, contract: impl Into<PathBuf>, operations: impl Into<String>) -> Self {
        self.deviations.push((contract.into(), files::Deviation::Inline(operations.into())));
        self
    }

    /// Sets the folder to which [`Config::compile`] writes, instead of `OUT_DIR`. It is created if missing.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Sets the name of the file that [`Config::compile`] writes, instead of `<family>.rs`.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// See [`Options::runtime`].
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.options = self.options.runtime(path);
        self
    }

    /// See [`Options::rename`].
    pub fn rename(mut self, of: impl Into<String>, name: impl Into<String>) -> Self {
        self.options = self.options.rename(of, name);
        self
    }

    /// See [`Options::derive`].
    pub fn derive(mut self, of: impl Into<String>, path: impl Into<String>) -> Self {
        self.options = self.options.derive(of, path);
        self
    }

    /// See [`Options::attribute`].
    pub fn attribute(mut self, of: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.options = self.options.attribute(of, attribute);
        self
    }

    /// See [`Options::with_crate`].
    pub fn with_crate(mut self, name: impl Into<String>, version: CrateVersion) -> Self {
        self.options = self.options.with_crate(name, version);
        self
    }

    /// See [`Options::unknown_crates`].
    pub fn unknown_crates(mut self, policy: UnknownCrates) -> Self {
        self.options = self.options.unknown_crates(policy);
        self
    }

    /// See [`Options::open`].
    pub fn open(mut self, of: impl Into<String>) -> Self {
        self.options = self.options.open(of);
        self
    }

    /// See [`Options::objects`].
    pub fn objects(mut self, of: impl Into<String>) -> Self {
        self.options = self.options.objects(of);
        self
    }

    /// See [`Options::numbers`].
    pub fn numbers(mut self, of: impl Into<String>, numbers: Numbers) -> Self {
        self.options = self.options.numbers(of, numbers);
        self
    }

    /// See [`Options::mark_deprecated`].
    pub fn mark_deprecated(mut self, mark: bool) -> Self {
        self.options = self.options.mark_deprecated(mark);
        self
    }

    /// See [`Options::avro_comments`].
    pub fn avro_comments(mut self, allow: bool) -> Self {
        self.options = self.options.avro_comments(allow);
        self
    }

    /// See [`Options::dialect`].
    pub fn dialect(mut self, uri: impl Into<String>, draft: Draft) -> Self {
        self.options = self.options.dialect(uri, draft);
        self
    }

    /// See [`Options::default_dialect`].
    pub fn default_dialect(mut self, draft: Draft) -> Self {
        self.options = self.options.default_dialect(draft);
        self
    }

    /// See [`Options::formats`].
    pub fn formats(mut self, formats: Formats) -> Self {
        self.options = self.options.formats(formats);
        self
    }

    /// See [`Options::lint`]. In a build script, Cargo shows the warnings.
    pub fn lint(mut self, lint: Lint, severity: Severity) -> Self {
        self.options = self.options.lint(lint, severity);
        self
    }

    /// Sets whether Cargo runs the build script again when a contract changes (default: true). Has no
    /// effect outside of build scripts.
    pub fn emit_rerun_if_changed(mut self, emit: bool) -> Self {
        self.rerun = emit;
        self
    }

    /// Sets the command that regenerates the code, which the error of [`Config::check`] suggests.
    pub fn regenerate_with(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// Reads the contracts and generates their code.
    ///
    /// # Errors
    /// Returns every file that cannot be read and every problem in a contract or an option.
    pub fn generate(&self) -> Result<String, CompileError> {
        let Generated { code, warnings } = self.generate_with_warnings()?;
        if watch::in_build_script() {
            for warning in warnings {
                println!("cargo::warning={}", warning.line());
            }
        }
        Ok(code)
    }

    /// Reads the contracts, generates their code, and returns it with the warnings, which the other methods
    /// print in build scripts.
    ///
    /// # Errors
    /// Fails as [`Config::generate`] does.
    pub fn generate_with_warnings(&self) -> Result<Generated, CompileError> {
        let watch = self.watch();
        let (inputs, mut problems) = files::read(&self.inputs, &self.deviations, &watch);
        let mut empty = files::empty_folders(&self.inputs);
        match self.options.lints.severity(Lint::EmptyInput) {
            Severity::Error => problems.append(&mut empty),
            Severity::Warning => {}
            Severity::Ignore => empty.clear(),
        }
        let references: Vec<Reference> = self
            .references
            .iter()
            .filter_map(|(uri, path)| files::reference(uri, path, &watch, &mut problems))
            .collect();
        match (input::generate(&inputs, &references, &self.options), problems) {
            (Ok(Generated { code, warnings }), problems) if problems.is_empty() => {
                let empty = empty.into_iter().map(Problem::into_warning);
                Ok(Generated { code, warnings: empty.chain(warnings).collect() })
            }
            (Ok(_), problems) => Err(Error::from(problems).into()),
            (Err(error), mut problems) => {
                // An option that names a type of an unreadable contract is a consequential error.
                let unread = !problems.is_empty();
                let of_contracts = |problem: &&Problem| {
                    !unread || !problem.pointer.is_empty() || problem.position.is_some()
                };
                problems.extend(error.problems().iter().filter(of_contracts).cloned());
                Err(Error::from(problems).into())
            }
        }
    }

    /// Generates the code, writes it to `$OUT_DIR/<family>.rs` or the place set with [`Config::out_dir`]
    /// and [`Config::file_name`], and returns the path of the file.
    ///
    /// # Errors
    /// Fails as [`Config::generate`] does, if the file cannot be written, or if `OUT_DIR` is not set.
    pub fn compile(&self) -> Result<PathBuf, CompileError> {
        let folder = match &self.out_dir {
            Some(folder) => folder.clone(),
            None => env::var_os("OUT_DIR").map(PathBuf::from).ok_or(CompileError::NoOutDir)?,
        };
        let path = folder
            .join(self.file_name.clone().unwrap_or_else(|| format!("{}.rs", self.options.family)));
        self.write(&path)?;
        Ok(path)
    }

    /// Generates the code and writes it to a file, unless the file already contains it. Missing folders
    /// are created.
    ///
    /// # Errors
    /// Fails as [`Config::generate`] does, or if the file cannot be written.
    pub fn write(&self, path: impl Into<PathBuf>) -> Result<(), CompileError> {
        let (path, rust) = (path.into(), self.generate()?);
        if fs::read_to_string(&path).is_ok_and(|text| text == rust) {
            return Ok(());
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(error::at(folder))?;
        }
        fs::write(&path, rust).map_err(error::at(&path))
    }

    /// Checks that a file contains the code generated from the current contracts. Formatting and line
    /// endings are ignored.
    ///
    /// # Errors
    /// Fails as [`Config::generate`] does. Returns [`CompileError::Stale`] if the file contains other
    /// code or cannot be read.
    pub fn check(&self, path: impl Into<PathBuf>) -> Result<(), CompileError> {
        output::check(path.into(), &self.generate()?, self.command.as_deref())
    }

    fn watch(&self) -> watch::Watch {
        watch::Watch::new(self.rerun && watch::in_build_script())
    }
}

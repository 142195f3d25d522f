//! What Cargo is told to watch.

use std::env;
use std::path::Path;

/// Tells Cargo on which files and folders the generated code depends.
pub(super) struct Watch {
    pub(super) on: bool,
}

/// Whether Cargo has started this process as a build script.
pub(super) fn in_build_script() -> bool {
    ["OUT_DIR", "HOST", "TARGET", "NUM_JOBS"].iter().all(|name| env::var_os(name).is_some())
}

impl Watch {
    /// Watches a file, or a folder with all that is in it. What is not there is looked for again in
    /// every build.
    pub(super) fn path(&self, path: &Path) {
        if self.on {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }

    /// Watches a folder for a file that is not there yet. The folder of the package is not watched: the
    /// results of the build may be in it.
    pub(super) fn absent(&self, path: &Path) {
        let Some(folder) = path.parent() else { return };
        let package = env::var_os("CARGO_MANIFEST_DIR");
        let is_package = folder.as_os_str().is_empty()
            || folder == Path::new(".")
            || package.is_some_and(|package| Path::new(&package).starts_with(folder));
        if !is_package {
            self.path(folder);
        }
    }
}

//! What Cargo is told to watch.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Tells Cargo on which files and folders the generated code depends, each once.
pub(super) struct Watch {
    on: bool,
    seen: RefCell<BTreeSet<PathBuf>>,
}

/// Whether Cargo has started this process as a build script.
pub(super) fn in_build_script() -> bool {
    ["OUT_DIR", "HOST", "TARGET", "NUM_JOBS"].iter().all(|name| env::var_os(name).is_some())
}

impl Watch {
    pub(super) fn new(on: bool) -> Self {
        Self { on, seen: RefCell::default() }
    }

    /// Watches a file, or a folder with all that is in it. What is not there is looked for again in
    /// every build.
    pub(super) fn path(&self, path: &Path) {
        if self.seen.borrow_mut().insert(path.to_owned()) && self.on {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }

    /// Watches the folder of a file that is not there yet: Cargo would take the file itself for changed
    /// in every build. A folder around the package is not watched, since the results of the build may be
    /// in it.
    pub(super) fn absent(&self, path: &Path) {
        let Some(folder) = path.parent() else { return };
        let real = |path: &Path| fs::canonicalize(path).ok();
        let package = env::var_os("CARGO_MANIFEST_DIR").and_then(|path| real(Path::new(&path)));
        let real = if folder.as_os_str().is_empty() { real(Path::new(".")) } else { real(folder) };
        let holds_package = match (package, real) {
            (Some(package), Some(folder)) => package.starts_with(folder),
            _ => true,
        };
        if !holds_package {
            self.path(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(act: impl FnOnce(&Watch)) -> Vec<PathBuf> {
        let watch = Watch::new(false);
        act(&watch);
        watch.seen.into_inner().into_iter().collect()
    }

    #[test]
    fn a_file_that_is_not_there_is_watched_by_its_folder() {
        assert_eq!(seen(|watch| watch.absent(Path::new("src/none.json"))), [PathBuf::from("src")]);
        for around in
            ["none.json", "./none.json", "../none.json", "../../none.json", "no/such/folder"]
        {
            assert!(seen(|watch| watch.absent(Path::new(around))).is_empty(), "{around}");
        }
    }

    #[test]
    fn folders_are_watched_with_what_is_in_them_and_files_with_their_patches() {
        use crate::config::files::{Entry, read};
        let entries = [
            Entry::Folder { path: "tests/errors".into(), recursive: false },
            Entry::File("tests/errors/patch_is_empty.json".into()),
            Entry::File("src/config/none.json".into()),
        ];
        let watched = seen(|watch| drop(read(&entries, &[], watch)));
        for path in [
            "tests/errors",
            "tests/errors/patch_is_empty.json",
            "tests/errors/patch_is_empty.patch.json",
            "src/config/none.json",
            "src/config",
        ] {
            assert!(watched.contains(&PathBuf::from(path)), "{path} in {watched:?}");
        }
    }
}

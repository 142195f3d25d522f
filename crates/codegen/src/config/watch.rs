//! The files and folders that Cargo watches for changes.

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Reports to Cargo the files and folders on which the generated code depends, each once.
pub(super) struct Watch {
    enabled: bool,
    seen: RefCell<HashSet<PathBuf>>,
}

/// Returns whether this process is a build script run by Cargo.
pub(super) fn in_build_script() -> bool {
    ["OUT_DIR", "HOST", "TARGET", "NUM_JOBS"].iter().all(|name| env::var_os(name).is_some())
}

impl Watch {
    pub(super) fn new(enabled: bool) -> Self {
        Self { enabled, seen: RefCell::default() }
    }

    /// Watches a file, or a folder with all its contents. A missing path reruns the script in every
    /// build.
    pub(super) fn path(&self, path: &Path) {
        if self.seen.borrow_mut().insert(path.to_owned()) && self.enabled {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }

    /// Watches the folder of a missing file, since Cargo would rerun the script in every build for the
    /// file itself. A folder that contains the package is not watched: it may contain build output.
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
    fn missing_files_are_watched_through_their_folder() {
        assert_eq!(seen(|watch| watch.absent(Path::new("src/none.json"))), [PathBuf::from("src")]);
        for around in
            ["none.json", "./none.json", "../none.json", "../../none.json", "no/such/folder"]
        {
            assert!(seen(|watch| watch.absent(Path::new(around))).is_empty(), "{around}");
        }
    }

    #[test]
    fn folders_files_and_patches_are_watched() {
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

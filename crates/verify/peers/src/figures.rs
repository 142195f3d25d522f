//! Figures counted in the output of the generators.

use crate::generated;

/// Lines as one formatter writes them, public fields, and those of them that are documented.
#[derive(Debug, Default, Clone, Copy)]
pub struct Figures {
    /// Lines.
    pub lines: usize,
    /// Public fields.
    pub fields: usize,
    /// Public fields with documentation.
    pub documented: usize,
}

/// The sum over all modules whose name begins with `group`.
#[must_use]
pub fn of(group: &str) -> Figures {
    let all = generated::FACTS.iter().filter(|(name, ..)| name.starts_with(group));
    all.fold(Figures::default(), |sum, (_, lines, fields, documented)| Figures {
        lines: sum.lines + lines,
        fields: sum.fields + fields,
        documented: sum.documented + documented,
    })
}

/// The modules that there are figures of.
pub fn names() -> impl Iterator<Item = &'static str> {
    generated::FACTS.iter().map(|(name, ..)| *name)
}

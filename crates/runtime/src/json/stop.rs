//! The ways in which reading JSON text can end early.

/// Why reading stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Stop {
    /// The text is not JSON.
    #[error("{0}")]
    Syntax(Syntax),
    /// Arrays and objects are nested deeper than the reader allows.
    #[error("nested too deep")]
    Depth,
    /// A key appears twice in one object.
    #[error("repeated key")]
    Duplicate,
    /// Legal JSON so far, but not what the type takes: another JSON type, or a value outside of its range.
    #[error("not a value of the expected type")]
    Mismatch,
}

/// The reason why a text is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Syntax {
    /// The text ends inside of a value.
    #[error("unexpected end of text")]
    UnexpectedEnd,
    /// A character that cannot stand here.
    #[error("unexpected character")]
    UnexpectedCharacter,
    /// A backslash followed by anything but an escape of RFC 8259 §7.
    #[error("invalid escape")]
    InvalidEscape,
    /// Half of a UTF-16 surrogate pair; it stands for no character.
    #[error("lone surrogate")]
    LoneSurrogate,
    /// A control character inside of a string that is not escaped.
    #[error("control character in a string")]
    ControlCharacter,
    /// A number outside of the grammar of RFC 8259 §6, such as `01` or `1.`.
    #[error("invalid number")]
    InvalidNumber,
    /// A word other than `true`, `false` and `null`.
    #[error("invalid literal")]
    InvalidLiteral,
    /// More than white space after the value.
    #[error("trailing characters")]
    TrailingCharacters,
    /// The bytes are not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
}

impl From<Syntax> for Stop {
    fn from(syntax: Syntax) -> Self {
        Self::Syntax(syntax)
    }
}

/// A problem with the grammar and the byte offset where it is.
pub(super) type Fault = (Syntax, usize);

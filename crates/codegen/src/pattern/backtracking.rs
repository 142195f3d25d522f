//! Translation of ECMA-262 patterns with look-around or back-references to the syntax of `fancy-regex`.
//!
//! Where the two languages differ, the pattern is refused: a back-reference to a group that may not have
//! matched, or that a look-behind reads backwards.

use super::linear::{ANYTHING, NOTHING, escape};
use std::iter::Peekable;
use std::str::Chars;

/// A group that is open, or the whole pattern.
struct Frame {
    kind: Kind,
    /// The alternative that is being read.
    alternative: usize,
    /// Groups with a number that were closed in this alternative, directly in this frame.
    closed: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Plain,
    /// A group with this number.
    Numbered(usize),
    LookAhead,
    LookBehind,
}

struct Translation<'p> {
    characters: Peekable<Chars<'p>>,
    out: String,
    frames: Vec<Frame>,
    /// The names of the groups with numbers, in order.
    names: Vec<Option<String>>,
}

/// Translates a pattern, or names what cannot be translated.
pub(super) fn translate(pattern: &str) -> Result<String, String> {
    let mut translation = Translation {
        characters: pattern.chars().peekable(),
        out: String::with_capacity(pattern.len()),
        frames: vec![Frame::new(Kind::Plain)],
        names: Vec::new(),
    };
    translation.run()?;
    let Translation { out, frames, .. } = translation;
    if frames.len() > 1 {
        return Err("a group that is not closed".into());
    }
    fancy_regex::Regex::new(&out).map_err(|error| match error {
        fancy_regex::Error::CompileError(error) => error.to_string(),
        other => other.to_string(),
    })?;
    Ok(out)
}

impl Frame {
    fn new(kind: Kind) -> Self {
        Self { kind, alternative: 0, closed: Vec::new() }
    }
}

impl Translation<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(character) = self.characters.next() {
            match character {
                '\\' => self.escape(false)?,
                '[' => self.class()?,
                '.' => self.out.push_str(r"[^\n\r\x{2028}\x{2029}]"),
                '(' => self.open()?,
                ')' => self.close()?,
                '|' => {
                    let frame = self.frame()?;
                    frame.alternative += 1;
                    frame.closed.clear();
                    self.out.push('|');
                }
                '*' | '+' | '?' => {
                    self.out.push(character);
                    self.after_quantifier()?;
                }
                '{' => self.count()?,
                ']' | '}' => return Err(format!("an unescaped `{character}`")),
                '^' | '$' => self.out.push(character),
                // White space and `#` have no meaning of their own without a flag.
                other => self.out.push(other),
            }
        }
        Ok(())
    }

    fn frame(&mut self) -> Result<&mut Frame, String> {
        self.frames.last_mut().ok_or_else(|| "a group that is not open".into())
    }

    fn open(&mut self) -> Result<(), String> {
        let mut kind = Kind::Numbered(self.names.len() + 1);
        let mut name = None;
        if self.characters.next_if_eq(&'?').is_none() {
            self.out.push('(');
        } else {
            let mut ahead = self.characters.clone();
            let (text, length) = match (ahead.next(), ahead.next()) {
                (Some(':'), _) => ("(?:", 1),
                (Some('='), _) => ("(?=", 1),
                (Some('!'), _) => ("(?!", 1),
                (Some('<'), Some('=')) => ("(?<=", 2),
                (Some('<'), Some('!')) => ("(?<!", 2),
                (Some('<'), _) => ("(", 1),
                _ => return Err("an unsupported group `(?`".into()),
            };
            self.characters.nth(length - 1);
            kind = match text {
                "(?:" => Kind::Plain,
                "(?=" | "(?!" => Kind::LookAhead,
                "(?<=" | "(?<!" => Kind::LookBehind,
                _ => {
                    name = Some(self.name()?);
                    kind
                }
            };
            self.out.push_str(text);
        }
        if matches!(kind, Kind::Numbered(_)) {
            if name.is_some() && self.names.contains(&name) {
                return Err("two groups of one name".into());
            }
            self.names.push(name);
        }
        self.frames.push(Frame::new(kind));
        Ok(())
    }

    /// Reads a name up to its `>`.
    fn name(&mut self) -> Result<String, String> {
        let mut name = String::new();
        for character in self.characters.by_ref() {
            match character {
                '>' if !name.is_empty() => return Ok(name),
                legal if legal.is_alphanumeric() || matches!(legal, '_' | '$') => name.push(legal),
                _ => break,
            }
        }
        Err("a group with an invalid name".into())
    }

    fn close(&mut self) -> Result<(), String> {
        let frame = self.frames.pop().filter(|_| !self.frames.is_empty());
        let frame = frame.ok_or("a group that is not open")?;
        self.out.push(')');
        let is_quantified = matches!(self.characters.peek(), Some('*' | '+' | '?' | '{'));
        match frame.kind {
            Kind::LookAhead | Kind::LookBehind if is_quantified => {
                return Err("a quantifier after a look-around".into());
            }
            Kind::Numbered(number) if !is_quantified => self.frame()?.closed.push(number),
            _ => {}
        }
        Ok(())
    }

    /// Reads `{2}`, `{2,}` or `{2,3}` after the brace.
    fn count(&mut self) -> Result<(), String> {
        let inside: String = self.characters.by_ref().take_while(|next| *next != '}').collect();
        let (least, most) = inside.split_once(',').unwrap_or((&inside, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if least.is_empty() || !digits(least) || !digits(most) {
            return Err("an unescaped `{`".into());
        }
        self.out.extend(["{", &inside, "}"]);
        self.after_quantifier()
    }

    /// Reads the `?` of a lazy quantifier. A second quantifier has a meaning in `fancy-regex` only.
    fn after_quantifier(&mut self) -> Result<(), String> {
        if self.characters.next_if_eq(&'?').is_some() {
            self.out.push('?');
        }
        match self.characters.peek() {
            Some('*' | '+' | '?' | '{') => Err("a quantifier after a quantifier".into()),
            _ => Ok(()),
        }
    }

    fn class(&mut self) -> Result<(), String> {
        let mut ahead = self.characters.clone();
        match (ahead.next(), ahead.next()) {
            (Some(']'), _) => {
                self.characters.next();
                self.out.push_str(NOTHING);
                return Ok(());
            }
            (Some('^'), Some(']')) => {
                self.characters.nth(1);
                self.out.push_str(ANYTHING);
                return Ok(());
            }
            _ => self.out.push('['),
        }
        if self.characters.next_if_eq(&'^').is_some() {
            self.out.push('^');
        }
        while let Some(character) = self.characters.next() {
            match character {
                ']' => {
                    self.out.push(']');
                    return Ok(());
                }
                '\\' => self.escape(true)?,
                '-' if self.characters.peek() == Some(&'-') => {
                    return Err("`--` in a set of characters".into());
                }
                '[' | '&' | '~' | '^' => self.out.extend(['\\', character]),
                other => self.out.push(other),
            }
        }
        Err("a set of characters that is not closed".into())
    }

    fn escape(&mut self, in_class: bool) -> Result<(), String> {
        let next = self.characters.peek().copied();
        let set = match next {
            Some('d') => "0-9",
            Some('D') => r"\x{0}-/:-\x{10FFFF}",
            Some('w') => WORD,
            Some('W') => r"\x{0}-/:-@\[-\^`\{-\x{10FFFF}",
            _ => "",
        };
        match next {
            Some('d' | 'D' | 'w' | 'W') => {
                self.characters.next();
                if in_class {
                    self.out.push_str(set);
                } else {
                    self.out.extend(["[", set, "]"]);
                }
            }
            Some('v') => {
                self.characters.next();
                self.out.push_str(r"\x{B}");
            }
            // The word boundary of `fancy-regex` knows the letters of all scripts.
            Some('b') if !in_class => {
                self.characters.next();
                let (is, not) = (format!("[{WORD}]"), format!("[{WORD}]"));
                self.out.push_str(&format!("(?:(?<={is})(?!{not})|(?<!{not})(?={is}))"));
            }
            Some('B') if !in_class => {
                self.characters.next();
                let word = format!("[{WORD}]");
                self.out.push_str(&format!("(?:(?<={word})(?={word})|(?<!{word})(?!{word}))"));
            }
            Some('1'..='9') if !in_class => {
                let mut digits = String::new();
                while let Some(digit) = self.characters.next_if(char::is_ascii_digit) {
                    digits.push(digit);
                }
                self.refer(digits.parse().ok(), &format!(r"\{digits}"))?;
            }
            Some('k') if !in_class => {
                self.characters.next();
                let name = match self.characters.next() {
                    Some('<') => Some(self.name()?),
                    _ => None,
                };
                let index = name
                    .as_ref()
                    .and_then(|name| self.names.iter().position(|n| n.as_ref() == Some(name)));
                let text = format!(r"\k<{}>", name.unwrap_or_default());
                self.refer(index.map(|index| index + 1), &text)?;
            }
            _ => {
                let mut translated = String::new();
                escape(&mut self.characters, in_class, &mut translated)?;
                // The code of a character, the one use of `\u` in what the translation makes.
                self.out.push_str(&translated.replace(r"\u{", r"\x{"));
            }
        }
        Ok(())
    }

    /// A back-reference, where both engines have a text for the group.
    fn refer(&mut self, number: Option<usize>, text: &str) -> Result<(), String> {
        let backwards = self.frames.iter().any(|frame| frame.kind == Kind::LookBehind);
        let has_matched = number.filter(|number| {
            !backwards && self.frames.iter().any(|frame| frame.closed.contains(number))
        });
        let Some(number) = has_matched else {
            return Err(format!("the back-reference {text} to a group that may not have matched"));
        };
        self.out.push_str(&format!(r"(?:\{number})"));
        Ok(())
    }
}

/// The characters of `\w`.
const WORD: &str = "0-9A-Z_a-z";

#[cfg(test)]
mod tests;

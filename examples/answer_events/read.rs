//! Splits a file into the texts of its events, whatever stands between them.

use super::recognise::{Form, recognise};
use migration_events::json::{RawJson, Reader, SyntaxError};

/// A file as text in which every byte is where it is in the file.
///
/// What is not UTF-8 becomes a control character, byte by byte: JSON has no place for one, so an
/// event that holds it stays broken, and the events around it keep their offsets.
pub(crate) fn text_of(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{1a}'));
    }
    text
}

/// The text of one event, or what is left of it.
pub(crate) struct Piece<'t> {
    /// Where it begins in the file.
    pub(crate) offset: usize,
    pub(crate) text: &'t str,
    /// Why it is no JSON text.
    pub(crate) fault: Option<SyntaxError>,
}

/// The pieces of a file.
///
/// A JSON object ends where its braces are closed, so separators are not needed: nothing at all,
/// white space, line breaks and commas between events are treated alike.
pub(crate) fn split(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start_matches([' ', '\t', '\r', '\n', ',']);
        if rest.is_empty() {
            return pieces;
        }
        let offset = text.len() - rest.len();
        let mut reader = Reader::new(rest);
        let (text_of_piece, fault) = match reader.skip() {
            Ok(value) => (value, None),
            Err(_) => {
                let broken = rest[..next_event(rest)].trim_ascii_end();
                // What is wrong with the piece itself, not with what follows it.
                (broken, RawJson::parse(broken).err())
            }
        };
        at = offset + text_of_piece.len();
        pieces.push(Piece { offset, text: text_of_piece, fault });
    }
}

/// Where the event behind a broken one begins.
///
/// The broken one may lack its end, so its braces say nothing. The next event is at the next `{`
/// 1. that follows a `}` or stands first on a line: no compact or indented JSON has one there,
///    so what begins there is on its own, even if it is broken too; or
/// 2. from which a whole value can be read that is a known event: the one before broke off in the
///    middle of a string or a number. The payload of a broken envelope is such a value as well,
///    but belongs to the envelope: the broken one is reported as a whole, never read in part.
fn next_event(text: &str) -> usize {
    let mut starts = text.match_indices('{').map(|(start, _)| start).filter(|start| *start > 0);
    starts.find(|start| begins_event(text, *start)).unwrap_or(text.len())
}

fn begins_event(text: &str, start: usize) -> bool {
    let (before, after) = text.split_at(start);
    if before.ends_with('\n') || before.trim_ascii_end().ends_with('}') {
        return true;
    }
    let Ok(value) = Reader::new(after).skip() else { return false };
    match recognise(value) {
        Form::Unknown => false,
        Form::Bare(_) => !is_key_of_payload(before),
        Form::Enveloped(..) | Form::Dump => true,
    }
}

fn is_key_of_payload(before: &str) -> bool {
    let key = before.trim_ascii_end().strip_suffix(':').map(str::trim_ascii_end);
    key.is_some_and(|key| key.ends_with("\"data\""))
}

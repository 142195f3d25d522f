//! From a JSON pointer to line and column.

use serde_json::value::RawValue;
use std::collections::HashMap;

/// Line and column (from 1) of the value at `pointer`, or of the nearest value around it.
pub(crate) fn locate(text: &str, pointer: &str) -> Option<(usize, usize)> {
    let mut here: &str = serde_json::from_str::<&RawValue>(text).ok()?.get();
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let inner = match here.as_bytes().first() {
            Some(b'{') => serde_json::from_str::<HashMap<String, &RawValue>>(here)
                .ok()
                .and_then(|members| members.get(&token).map(|value| value.get())),
            Some(b'[') => serde_json::from_str::<Vec<&RawValue>>(here)
                .ok()
                .and_then(|items| items.get(token.parse::<usize>().ok()?).map(|value| value.get())),
            _ => None,
        };
        let Some(inner) = inner else { break };
        here = inner;
    }
    // Raw values borrow from the text, so their address tells where they are.
    let offset = (here.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    position(text, offset)
}

/// Line and column of a byte offset.
pub(crate) fn position(text: &str, offset: usize) -> Option<(usize, usize)> {
    let before = text.get(..offset)?;
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Some((before.matches('\n').count() + 1, before[line_start..].chars().count() + 1))
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn a_pointer_has_a_line_and_a_column() {
        let text = "{\n  \"a/b\": [1,\n    {\"c\": true}]\n}";
        assert_eq!(locate(text, "/a~1b/1/c"), Some((3, 11)));
        assert_eq!(locate(text, "/a~1b/0"), Some((2, 11)));
        assert_eq!(locate(text, ""), Some((1, 1)));
        assert_eq!(locate(text, "/a~1b/7"), Some((2, 10)));
        assert_eq!(locate("{", ""), None);
    }
}

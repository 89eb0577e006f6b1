//! JSON values that know where they stand in their line.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of an object in their order, the values not yet read.
pub(super) struct Members<'l>(pub(super) Vec<(Cow<'l, str>, &'l RawValue)>);

impl<'de: 'l, 'l> Deserialize<'de> for Members<'l> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::with_capacity(8);
                while let Some(Key(key)) = map.next_key()? {
                    members.push((key, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// A key, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Key<'l>(#[serde(borrow)] Cow<'l, str>);

/// A string, borrowed where it has no escapes; `None` when the value is of another kind.
pub(super) fn string(raw: &RawValue) -> Option<Cow<'_, str>> {
    let text = raw.get().as_bytes();
    if let [b'"', inside @ .., b'"'] = text
        && !inside.contains(&b'\\')
    {
        return Some(Cow::Borrowed(&raw.get()[1..text.len() - 1]));
    }
    if !raw.get().starts_with('"') {
        return None;
    }
    serde_json::from_str::<Key<'_>>(raw.get()).ok().map(|Key(text)| text)
}

/// The members of an object; `None` when the value is of another kind.
pub(super) fn members(raw: &RawValue) -> Option<Members<'_>> {
    // Errors of the parser are costly, and each name of a list is asked whether it is an object.
    if !raw.get().starts_with('{') {
        return None;
    }
    serde_json::from_str(raw.get()).ok()
}

/// The items of a list; `None` when the value is of another kind.
pub(super) fn items(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

/// The byte of `line` at which the value stands.
pub(super) fn offset(line: &str, raw: &RawValue) -> usize {
    // The value borrows from the line, so the distance of the two is the offset.
    (raw.get().as_ptr() as usize).saturating_sub(line.as_ptr() as usize).min(line.len())
}

/// The byte of `line` at which the key of the value stands.
pub(super) fn key_offset(line: &str, raw: &RawValue) -> usize {
    let before = line[..offset(line, raw)].trim_end().trim_end_matches(':').trim_end();
    let Some(inside) = before.strip_suffix('"') else { return before.len() };
    let escaped = |at: usize| inside.as_bytes()[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1;
    inside.rmatch_indices('"').map(|(at, _)| at).find(|&at| !escaped(at)).unwrap_or(0)
}

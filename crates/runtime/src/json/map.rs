//! JSON objects with arbitrary keys.

use std::borrow::Cow;
use std::ops::Index;

use super::members::{Each, Members};
use super::{Decode, Encode, ObjectWriter, Reader, Stop, bridge};

/// A JSON object: unique keys in the order in which they came.
///
/// Two maps are equal when they hold the same members, in any order, as in RFC 8259 §4 an object is an
/// unordered collection.
///
/// ```
/// use migration_events::json::Map;
///
/// let mut stores = Map::from_iter([("GB", 10_i64), ("DK", 2)]);
/// assert_eq!(stores.insert("GB", 11), Some(10));
/// assert_eq!(stores["GB"], 11);
/// assert!(stores.keys().eq(["GB", "DK"]));
/// ```
#[derive(Clone)]
pub struct Map<V>(Members<V>);

impl<V> Map<V> {
    /// An empty object; allocates nothing.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self(Members::new())
    }

    /// Returns the number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether the map is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.0.get(key)
    }

    /// The value of `key`, to be changed in place.
    #[must_use]
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.0.get_mut(key)
    }

    /// Returns whether the map has a member of this name.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.0.get(key).is_some()
    }

    /// Sets `key` to `value` and returns what it was before. A new key goes to the end; one that is
    /// there keeps its place.
    pub fn insert(&mut self, key: impl Into<String>, value: V) -> Option<V> {
        self.0.insert(key.into(), value)
    }

    /// Takes `key` out. The others keep their order, so this costs time in proportion to their number.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        self.0.remove(key)
    }

    /// The keys, in order.
    #[must_use]
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in order.
    #[must_use]
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> + DoubleEndedIterator {
        self.iter().map(|(_, value)| value)
    }

    /// The members, in order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, V> {
        Iter(match &self.0 {
            Members::Few(list) => Each::Few(list.iter()),
            Members::Many(map) => Each::Many(map.iter()),
        })
    }

    /// The members, in order, with values to be changed in place.
    #[must_use]
    pub fn iter_mut(&mut self) -> IterMut<'_, V> {
        IterMut(match &mut self.0 {
            Members::Few(list) => Each::Few(list.iter_mut()),
            Members::Many(map) => Each::Many(map.iter_mut()),
        })
    }

    /// Reads the value that follows `key`, and stores both.
    ///
    /// # Errors
    ///
    /// [`Stop::Duplicate`] when `key` is there already, else the error of reading the value.
    ///
    /// ```
    /// use migration_events::json::{Map, Reader, Stop};
    ///
    /// let mut extra = Map::<i64>::new();
    /// extra.take("a".into(), &mut Reader::new("1"))?;
    /// assert_eq!(extra.take("a".into(), &mut Reader::new("2")), Err(Stop::Duplicate));
    /// assert_eq!(extra["a"], 1);
    /// # Ok::<(), Stop>(())
    /// ```
    #[inline]
    pub fn take(&mut self, key: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), Stop>
    where
        V: Decode,
    {
        self.0.insert_new(key, || V::decode(reader)).unwrap_or(Err(Stop::Duplicate))
    }
}

impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<V: Eq> Eq for Map<V> {}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: std::fmt::Debug> std::fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

/// # Panics
///
/// When there is no such key, as with any other map; [`Map::get`] does not.
impl<V> Index<&str> for Map<V> {
    type Output = V;

    fn index(&self, key: &str) -> &V {
        self.get(key).expect("the map has the key")
    }
}

impl<V: Decode> Decode for Map<V> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Stop> {
        reader.begin_object()?;
        let mut map = Self::new();
        let mut first = true;
        while let Some(key) = reader.next_key(&mut first)? {
            map.take(key, reader)?;
        }
        Ok(map)
    }
}

impl<V: Encode> Encode for Map<V> {
    fn encode(&self, out: &mut String) {
        let mut object = ObjectWriter::new(out);
        for (key, value) in self {
            object.entry(key, value);
        }
        object.end();
    }
}

impl<'de, V: Decode> serde::Deserialize<'de> for Map<V> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        bridge::deserialize(deserializer, bridge::explain::<Self>)
    }
}

impl<V: Encode> serde::Serialize for Map<V> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        bridge::serialize(self, serializer)
    }
}

impl<K: Into<String>, V> FromIterator<(K, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let mut map = Self::new();
        map.extend(members);
        map
    }
}

impl<K: Into<String>, V> Extend<(K, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, members: I) {
        for (key, value) in members {
            self.insert(key, value);
        }
    }
}

macro_rules! iterator {
    ($(#[$docs:meta])* $name:ident<$($life:lifetime)?>($few:ty, $many:ty) -> $item:ty, $map:expr) => {
        $(#[$docs])*
        #[derive(Debug)]
        pub struct $name<$($life,)? V>(Each<$few, $many>);

        impl<$($life,)? V> Iterator for $name<$($life,)? V> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                match &mut self.0 {
                    Each::Few(list) => list.next().map($map),
                    Each::Many(map) => map.next().map($map),
                }
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                match &self.0 {
                    Each::Few(list) => list.size_hint(),
                    Each::Many(map) => map.size_hint(),
                }
            }
        }

        impl<$($life,)? V> DoubleEndedIterator for $name<$($life,)? V> {
            fn next_back(&mut self) -> Option<Self::Item> {
                match &mut self.0 {
                    Each::Few(list) => list.next_back().map($map),
                    Each::Many(map) => map.next_back().map($map),
                }
            }
        }

        impl<$($life,)? V> ExactSizeIterator for $name<$($life,)? V> {}
    };
}

iterator! {
    /// Members of a [`Map`], see [`Map::iter`].
    Iter<'a>(std::slice::Iter<'a, (String, V)>, indexmap::map::Iter<'a, String, V>) -> (&'a str, &'a V),
    |(key, value)| (key.as_str(), value)
}
iterator! {
    /// Members of a [`Map`], see [`Map::iter_mut`].
    IterMut<'a>(std::slice::IterMut<'a, (String, V)>, indexmap::map::IterMut<'a, String, V>)
        -> (&'a str, &'a mut V),
    |(key, value)| (key.as_str(), value)
}
iterator! {
    /// Members of a [`Map`] that is given up.
    IntoIter<>(std::vec::IntoIter<(String, V)>, indexmap::map::IntoIter<String, V>) -> (String, V),
    |member| member
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = IntoIter<V>;

    fn into_iter(self) -> IntoIter<V> {
        IntoIter(match self.0 {
            Members::Few(list) => Each::Few(list.into_iter()),
            Members::Many(map) => Each::Many(map.into_iter()),
        })
    }
}

impl<'a, V> IntoIterator for &'a Map<V> {
    type Item = (&'a str, &'a V);
    type IntoIter = Iter<'a, V>;

    fn into_iter(self) -> Iter<'a, V> {
        self.iter()
    }
}

impl<'a, V> IntoIterator for &'a mut Map<V> {
    type Item = (&'a str, &'a mut V);
    type IntoIter = IterMut<'a, V>;

    fn into_iter(self) -> IterMut<'a, V> {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_repeated_keys_and_keeps_order() {
        let mut reader = Reader::new(r#"{"b":1,"a":2,"\u0062":3}"#);
        assert_eq!(Map::<i64>::decode(&mut reader), Err(Stop::Duplicate));
        let map = Map::<i64>::decode(&mut Reader::new(r#"{ "b": 1, "a\n": 2 }"#)).unwrap();
        let mut text = String::new();
        map.encode(&mut text);
        assert_eq!(text, r#"{"b":1,"a\n":2}"#);
    }

    #[test]
    fn unreadable_values_leave_no_key() {
        let mut map = Map::<i64>::new();
        assert_eq!(map.take("a".into(), &mut Reader::new("true")), Err(Stop::Mismatch));
        assert!(map.is_empty() && !map.contains_key("a"));
    }

    #[test]
    fn equality_is_that_of_an_unordered_collection() {
        let map = Map::from_iter([("a", 1), ("b", 2)]);
        assert_eq!(map, Map::from_iter([("b", 2), ("a", 1)]));
        assert_ne!(map, Map::from_iter([("a", 1)]));
        assert_ne!(map, Map::from_iter([("a", 1), ("b", 3)]));
        assert_eq!(Map::<i64>::default(), Map::new());
    }

    #[test]
    fn large_maps_behave_like_small_ones() {
        let members = || (0..40).map(|index| (format!("k{index}"), index));
        let text = |map: &Map<i32>| map.iter().map(|(key, _)| key.to_owned()).collect::<String>();
        let mut map = Map::new();
        for (count, (key, value)) in members().enumerate() {
            assert_eq!((map.insert(key.clone(), 0), map.len()), (None, count + 1));
            assert_eq!((map.insert(key.clone(), value), map.len()), (Some(0), count + 1));
            assert_eq!(map.take(key.into(), &mut Reader::new("1")), Err(Stop::Duplicate));
        }
        assert!(map.iter().eq(Map::from_iter(members()).iter()));
        assert_eq!(map.clone(), Map::from_iter(members().rev().collect::<Vec<_>>()));
        assert_eq!(map["k39"], 39);
        for (_, value) in &mut map {
            *value += 1;
        }
        for index in 5..40 {
            assert_eq!(map.remove(&format!("k{index}")), Some(index + 1));
        }
        assert_eq!(text(&map), "k0k1k2k3k4");
        assert_eq!(map, Map::from_iter(members().take(5).map(|(key, value)| (key, value + 1))));
        assert!(map.into_iter().rev().map(|(_, value)| value).eq((1..=5).rev()));
    }

    #[test]
    fn it_is_changed_like_any_map() {
        let mut map = Map::from_iter([("a", 1), ("b", 2), ("c", 3)]);
        map.extend([("d", 4)]);
        assert_eq!(map.remove("a"), Some(1));
        assert_eq!(map.remove("a"), None);
        for (_, value) in &mut map {
            *value *= 10;
        }
        *map.get_mut("c").unwrap() += 1;
        assert_eq!(map.len(), 3);
        assert_eq!((map.get("b"), map.get("x"), map["c"]), (Some(&20), None, 31));
        assert!(map.keys().eq(["b", "c", "d"]));
        assert!(map.values().rev().eq(&[40, 31, 20]));
        assert_eq!(format!("{map:?}"), r#"{"b": 20, "c": 31, "d": 40}"#);
        assert!(map.iter().rev().map(|(key, _)| key).eq(["d", "c", "b"]));
        assert_eq!(map.into_iter().next_back(), Some(("d".to_owned(), 40)));
    }
}

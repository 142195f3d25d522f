//! The members of a map: a list while they are few, with an index beyond.

use indexmap::IndexMap;
use indexmap::map::Entry;

/// Up to this number of members a key is compared with every other, which costs less than hashing it.
const FEW: usize = 16;

/// Members with unique keys, in the order in which they came.
#[derive(Clone)]
pub(super) enum Members<V> {
    Few(Vec<(String, V)>),
    /// Boxed, as a record has room for a map that is mostly empty.
    Many(Box<IndexMap<String, V>>),
}

impl<V> Members<V> {
    pub(super) const fn new() -> Self {
        Self::Few(Vec::new())
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Few(list) => list.len(),
            Self::Many(map) => map.len(),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&V> {
        match self {
            Self::Few(list) => Some(&list[position(list, key)?].1),
            Self::Many(map) => map.get(key),
        }
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        match self {
            Self::Few(list) => {
                let index = position(list, key)?;
                Some(&mut list[index].1)
            }
            Self::Many(map) => map.get_mut(key),
        }
    }

    pub(super) fn insert(&mut self, key: String, value: V) -> Option<V> {
        if let Some(known) = self.get_mut(&key) {
            return Some(std::mem::replace(known, value));
        }
        self.push(key, value);
        None
    }

    /// Adds the value that `make` returns; `None` if the key is already present.
    #[inline]
    pub(super) fn insert_new<E>(
        &mut self,
        key: impl AsRef<str> + Into<String>,
        make: impl FnOnce() -> Result<V, E>,
    ) -> Option<Result<(), E>> {
        match self {
            Self::Few(list) => {
                if position(list, key.as_ref()).is_some() {
                    return None;
                }
                Some(make().map(|value| self.push(key.into(), value)))
            }
            Self::Many(map) => match map.entry(key.into()) {
                Entry::Occupied(_) => None,
                Entry::Vacant(place) => Some(make().map(|value| {
                    place.insert(value);
                })),
            },
        }
    }

    /// Adds a member whose key is not present.
    fn push(&mut self, key: String, value: V) {
        match self {
            Self::Few(list) if list.len() < FEW => {
                if list.capacity() == 0 {
                    // Most objects with an unknown member have one.
                    list.reserve_exact(1);
                }
                list.push((key, value));
            }
            Self::Few(list) => {
                let mut map = IndexMap::with_capacity(3 * FEW);
                map.extend(list.drain(..).chain([(key, value)]));
                *self = Self::Many(Box::new(map));
            }
            Self::Many(map) => {
                map.insert(key, value);
            }
        }
    }

    /// Takes a member out; the others keep their order.
    pub(super) fn remove(&mut self, key: &str) -> Option<V> {
        match self {
            Self::Few(list) => {
                let index = position(list, key)?;
                Some(list.remove(index).1)
            }
            Self::Many(map) => map.shift_remove(key),
        }
    }
}

#[inline]
fn position<V>(list: &[(String, V)], key: &str) -> Option<usize> {
    list.iter().position(|(known, _)| known == key)
}

/// One of two iterators over the same members.
#[derive(Debug)]
pub(super) enum Each<F, M> {
    Few(F),
    Many(M),
}

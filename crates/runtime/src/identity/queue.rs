//! A map that knows the order in which its keys came.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// Every operation takes constant time, amortised; memory is in proportion to the keys that are in it.
#[derive(Debug, Clone)]
pub(super) struct Queue<V> {
    entries: HashMap<Arc<str>, Entry<V>>,
    /// The keys by age; `None` where one was removed.
    order: VecDeque<Option<Arc<str>>>,
    /// Number of the first place in `order`.
    first: u64,
}

#[derive(Debug, Clone)]
struct Entry<V> {
    place: u64,
    value: V,
}

impl<V> Queue<V> {
    pub(super) fn new() -> Self {
        Self { entries: HashMap::new(), order: VecDeque::new(), first: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn get(&self, key: &str) -> Option<&V> {
        self.entries.get(key).map(|entry| &entry.value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.entries.get_mut(key).map(|entry| &mut entry.value)
    }

    /// Makes a key the youngest, whether it was there or not.
    pub(super) fn push(&mut self, key: Arc<str>, value: V) {
        self.remove(&key);
        let place = self.first + self.order.len() as u64;
        self.order.push_back(Some(Arc::clone(&key)));
        self.entries.insert(key, Entry { place, value });
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<V> {
        let entry = self.entries.remove(key)?;
        let index = usize::try_from(entry.place - self.first).unwrap_or(usize::MAX);
        if let Some(place) = self.order.get_mut(index) {
            *place = None;
        }
        self.tidy();
        Some(entry.value)
    }

    /// Removes the oldest.
    pub(super) fn pop(&mut self) -> Option<(Arc<str>, V)> {
        let key = Arc::clone(self.order.front()?.as_ref()?);
        let value = self.remove(&key)?;
        Some((key, value))
    }

    /// Drops places of removed keys at both ends, and all of them once they are the greater part.
    fn tidy(&mut self) {
        while let Some(None) = self.order.front() {
            self.order.pop_front();
            self.first += 1;
        }
        while let Some(None) = self.order.back() {
            self.order.pop_back();
        }
        if self.order.len() > 2 * self.entries.len() + 64 {
            self.order.retain(Option::is_some);
            for (place, key) in (self.first..).zip(self.order.iter().flatten()) {
                if let Some(entry) = self.entries.get_mut(key) {
                    entry.place = place;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Queue;
    use proptest::prelude::*;

    #[test]
    fn forgotten_keys_leave_nothing_between_kept_ones() {
        let mut queue = Queue::new();
        queue.push("first".into(), 0);
        queue.push("0".into(), 0);
        for index in 1..100_000 {
            queue.push(index.to_string().into(), 0);
            queue.remove(&(index - 1).to_string());
        }
        assert_eq!(queue.len(), 2);
        assert!(queue.order.len() <= 2 * 2 + 65, "{}", queue.order.len());
    }

    proptest! {
        #[test]
        fn it_behaves_like_a_list_of_pairs(
            steps in proptest::collection::vec((0..3_u8, 0..12_u8, any::<u8>()), 0..400),
        ) {
            let mut queue = Queue::new();
            let mut list: Vec<(String, u8)> = Vec::new();
            for (step, key, value) in steps {
                let key = "k".repeat(usize::from(key));
                match step {
                    0 => {
                        list.retain(|(known, _)| *known != key);
                        list.push((key.clone(), value));
                        queue.push(key.as_str().into(), value);
                    }
                    1 => {
                        let place = list.iter().position(|(known, _)| *known == key);
                        let expected = place.map(|place| list.remove(place).1);
                        prop_assert_eq!(queue.remove(&key), expected);
                    }
                    _ => {
                        let oldest = (!list.is_empty()).then(|| list.remove(0));
                        let popped = queue.pop().map(|(key, value)| (key.to_string(), value));
                        prop_assert_eq!(popped, oldest);
                    }
                }
                prop_assert_eq!(queue.len(), list.len());
                for (key, value) in &list {
                    prop_assert_eq!(queue.get(key), Some(value));
                    prop_assert_eq!(queue.get_mut(key).copied(), Some(*value));
                }
            }
        }
    }
}

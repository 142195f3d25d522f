//! The strategies, as proptest knows them.

use super::dice::Dice;
use super::shrink::simpler;
use super::tree::Tree;
use super::value::Generator;
use crate::json::Reader;
use crate::{Described, Event};
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::fmt;
use std::marker::PhantomData;

/// The number of times a value that cannot be decoded is generated anew.
const ATTEMPTS: usize = 20;

/// Values of a generated type, see [`values`].
#[derive(Debug)]
pub struct Values<T>(PhantomData<fn() -> T>);

/// Messages that are an event, see [`messages`].
#[derive(Debug)]
pub struct Messages<T>(PhantomData<fn() -> T>);

/// Values that the contract of `T` allows; the same strategy as `any::<T>()`.
#[must_use]
pub fn values<T: Described + fmt::Debug>() -> Values<T> {
    Values(PhantomData)
}

/// Messages that the contract of `T` allows, as JSON text in any notation.
#[must_use]
pub fn messages<T: Event + fmt::Debug>() -> Messages<T> {
    Messages(PhantomData)
}

impl<T: Described + fmt::Debug> Strategy for Values<T> {
    type Tree = Shrinking<T>;
    type Value = T;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let found = (0..ATTEMPTS).find_map(|_| {
            let tree = Generator::new(Dice::new(runner)).value(&[T::SCHEMA])?;
            decode::<T>(&tree.to_json()).map(|_| tree)
        });
        let current = found.ok_or("the contract allows nothing that could be found")?;
        Ok(Shrinking { steps: None, current, before: None, value: PhantomData })
    }
}

impl<T: Event + fmt::Debug> Strategy for Messages<T> {
    type Tree = ShrinkingText<T>;
    type Value = String;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        values::<T>().new_tree(runner).map(ShrinkingText)
    }
}

/// A value that can be made simpler.
#[derive(Debug)]
pub struct Shrinking<T> {
    current: Tree,
    before: Option<Tree>,
    /// The remaining shrinking steps, of the previous value if there is one.
    steps: Option<std::vec::IntoIter<Tree>>,
    value: PhantomData<fn() -> T>,
}

impl<T: Described + fmt::Debug> ValueTree for Shrinking<T> {
    type Value = T;

    fn current(&self) -> T {
        decode(&self.current.to_json()).unwrap_or_else(|| unreachable!("it was decoded before"))
    }

    fn simplify(&mut self) -> bool {
        // The step before was not taken back: what was left of the steps belongs to another value.
        if self.before.take().is_some() {
            self.steps = None;
        }
        let steps = self.steps.get_or_insert_with(|| simpler(&self.current).into_iter());
        match steps.find(|next| decode::<T>(&next.to_json()).is_some()) {
            Some(next) => {
                self.before = Some(std::mem::replace(&mut self.current, next));
                true
            }
            None => false,
        }
    }

    fn complicate(&mut self) -> bool {
        match self.before.take() {
            Some(before) => {
                self.current = before;
                true
            }
            None => false,
        }
    }
}

/// A message that can be made simpler.
#[derive(Debug)]
pub struct ShrinkingText<T>(Shrinking<T>);

impl<T: Described + fmt::Debug> ValueTree for ShrinkingText<T> {
    type Value = String;

    fn current(&self) -> String {
        self.0.current.to_json()
    }

    fn simplify(&mut self) -> bool {
        self.0.simplify()
    }

    fn complicate(&mut self) -> bool {
        self.0.complicate()
    }
}

fn decode<T: Described>(text: &str) -> Option<T> {
    let mut reader = Reader::new(text);
    let value = T::decode(&mut reader).ok()?;
    reader.end().ok().map(|()| value)
}

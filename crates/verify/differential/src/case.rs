//! Messages derived from a seed, or from the bytes of a fuzzer.

use crate::mutate::Mutation;
use crate::{Contract, Dice, Json, generate};
use migration_events_support::damage;
use migration_events_support::json::Style;

/// The steps that make a message: a valid document, its mutations, style and damage.
///
/// Each step has a seed of its own, so that one can be left out and the others stay what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Seed of the valid document.
    pub document: u64,
    /// The mutations, in order.
    pub mutations: Vec<(Mutation, u64)>,
    /// The style of the text.
    pub style: Style,
    /// Seed of damage to the bytes of the text.
    pub damage: Option<u64>,
}

impl Case {
    /// The case with this number in the run of a seed; each contract has its own.
    #[must_use]
    pub fn numbered(contract: &Contract, seed: u64, number: u64) -> Self {
        // FNV-1a, so that the same cases stay the same on every machine.
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let name =
            contract.name.bytes().chain(seed.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, hash);
        let mut dice = Dice::seeded(name.wrapping_add(number));
        let document = dice.bits();
        let (count, style, damaged) = shape(&mut dice);
        let mutations = (0..count).map(|_| (*dice.pick(Mutation::ALL), dice.bits())).collect();
        let damage = damaged.then(|| dice.bits());
        Self { document, mutations, style, damage }
    }

    /// The document, mutated.
    #[must_use]
    pub fn tree(&self, contract: &Contract) -> Json {
        let mut tree = document(contract, &mut Dice::seeded(self.document));
        for (mutation, seed) in &self.mutations {
            mutation.apply(&mut tree, &contract.words, &mut Dice::seeded(*seed));
        }
        tree
    }

    /// The message.
    #[must_use]
    pub fn message(&self, contract: &Contract) -> Vec<u8> {
        self.written(&self.tree(contract))
    }

    /// The message of this tree in place of the document.
    #[must_use]
    pub fn written(&self, tree: &Json) -> Vec<u8> {
        let mut message = tree.written(self.style, &mut Dice::seeded(self.document)).into_bytes();
        if let Some(seed) = self.damage {
            damage(&mut message, &mut Dice::seeded(seed));
        }
        message
    }
}

/// The message derived from the bytes of a fuzzer.
#[must_use]
pub fn from_bytes(contract: &Contract, bytes: &[u8]) -> Vec<u8> {
    let mut dice = Dice::of_bytes(bytes);
    let (count, style, damaged) = shape(&mut dice);
    let mut tree = document(contract, &mut dice);
    for _ in 0..count {
        dice.pick(Mutation::ALL).apply(&mut tree, &contract.words, &mut dice);
    }
    let mut message = tree.written(style, &mut dice).into_bytes();
    if damaged {
        damage(&mut message, &mut dice);
    }
    message
}

fn document(contract: &Contract, dice: &mut Dice<'_>) -> Json {
    let side = if dice.once_in(2) { &contract.published } else { &contract.patched };
    generate::document(&side.schema, dice)
}

/// Draws the number of mutations, the style, and whether the bytes are damaged.
fn shape(dice: &mut Dice<'_>) -> (usize, Style, bool) {
    let damaged = dice.once_in(8);
    // Damage to what would be rejected anyway shows little.
    let counts: &[usize] = if damaged { &[0, 0, 0, 1] } else { &[0, 1, 1, 1, 1, 2, 2, 2, 3, 4] };
    let count = *dice.pick(counts);
    let style = *dice.pick(&[Style::Compact, Style::Compact, Style::Spaced, Style::Escaped]);
    (count, style, damaged)
}

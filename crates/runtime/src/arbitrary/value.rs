//! A value that a list of schemas allows.

use super::applied::Applied;
use super::dice::Dice;
use super::tree::Tree;
use super::{number, object, text};
use crate::json::Reader;
use crate::validate::accepts;
use crate::validate::schema::{Assertion, Schema, Types};

/// The number of times a value that its schemas forbid is generated anew.
const ATTEMPTS: usize = 40;

/// The number of values in an event from which on only required ones are added.
const PLENTY: usize = 300;

/// The maximum depth of optional values.
const DEEP: usize = 12;

/// The maximum depth of required values: a schema that asks for more is not satisfied.
const TOO_DEEP: usize = 100;

/// Makes one event.
pub(super) struct Generator<'r> {
    pub(super) dice: Dice<'r>,
    /// Values that may still be added.
    plenty: usize,
    depth: usize,
}

impl<'r> Generator<'r> {
    pub(super) fn new(dice: Dice<'r>) -> Self {
        Self { dice, plenty: PLENTY, depth: 0 }
    }

    /// Returns whether only required values should be added.
    pub(super) fn is_enough(&self) -> bool {
        self.plenty == 0 || self.depth > DEEP
    }

    /// A value that all of the schemas allow; `None` if none was found.
    pub(super) fn value(&mut self, schemas: &[&'static Schema]) -> Option<Tree> {
        if self.depth > TOO_DEEP {
            return None;
        }
        self.depth += 1;
        self.plenty = self.plenty.saturating_sub(1);
        let value = (0..ATTEMPTS).find_map(|_| {
            let value = self.attempt(schemas)?;
            let text = value.to_json();
            let is_allowed = schemas.iter().all(|schema| accepts(&Reader::new(&text), schema));
            is_allowed.then_some(value)
        });
        self.depth -= 1;
        value
    }

    fn attempt(&mut self, schemas: &[&'static Schema]) -> Option<Tree> {
        let applied = self.apply(schemas)?;
        let options = applied.assertions().find_map(|assertion| match assertion {
            Assertion::Enum(options) => Some(*options),
            Assertion::Const(option) => Some(std::slice::from_ref(option)),
            _ => None,
        });
        if let Some(options) = options {
            return self.dice.pick(options).map(|option| Tree::Literal(option));
        }
        let union = applied.assertions().find_map(|assertion| match *assertion {
            Assertion::Union { branches, nullable } => Some((branches, nullable)),
            _ => None,
        });
        if let Some((branches, nullable)) = union {
            return self.branch(branches, nullable);
        }
        let mut kinds: Vec<u8> =
            KINDS.into_iter().filter(|kind| applied.types & kind != 0).collect();
        if self.is_enough() && kinds.iter().any(|kind| kind & CONTAINERS == 0) {
            kinds.retain(|kind| kind & CONTAINERS == 0);
        }
        match *self.dice.pick(&kinds)? {
            Types::NULL => Some(Tree::Literal("null")),
            Types::BOOLEAN => Some(Tree::Literal(self.dice.pick(&["true", "false"])?)),
            Types::STRING => text::text(self, &applied),
            Types::ARRAY => self.array(&applied),
            Types::OBJECT => object::object(self, &applied),
            kind => number::number(&mut self.dice, &applied, kind == Types::INTEGER),
        }
    }

    /// Takes references and `allOf` apart and chooses among branches.
    fn apply(&mut self, schemas: &[&'static Schema]) -> Option<Applied> {
        let mut applied = Applied { schemas: Vec::new(), absent: Vec::new(), types: ALL };
        let mut queue: Vec<&'static Schema> = schemas.to_vec();
        while let Some(schema) = queue.pop() {
            if applied.schemas.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            applied.schemas.push(schema);
            for assertion in schema.assertions {
                match *assertion {
                    Assertion::Never => return None,
                    Assertion::Types(types) => applied.types &= with_integers(types.0),
                    Assertion::Reference(target) => queue.push(target),
                    Assertion::AllOf(branches) => queue.extend(branches),
                    Assertion::AnyOf(branches) | Assertion::OneOf(branches) => {
                        queue.push(self.choose(branches)?);
                    }
                    Assertion::If { condition, then, otherwise } => {
                        if self.dice.one_of(2) {
                            queue.push(condition);
                            queue.extend(then);
                        } else {
                            queue.extend(otherwise);
                        }
                    }
                    Assertion::DependentSchemas(dependencies) => {
                        for (property, schema) in dependencies {
                            if self.dice.one_of(2) {
                                queue.push(schema);
                            } else {
                                applied.absent.push(property);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        Some(applied)
    }

    fn choose(&mut self, branches: &[&'static Schema]) -> Option<&'static Schema> {
        if self.is_enough() {
            // One that ends, if it can be seen.
            let ends = |schema: &&&'static Schema| {
                schema.assertions.iter().any(|assertion| match assertion {
                    Assertion::Types(types) => types.0 & CONTAINERS == 0,
                    Assertion::Enum(_) | Assertion::Const(_) => true,
                    _ => false,
                })
            };
            let ending: Vec<_> = branches.iter().filter(ends).copied().collect();
            if let Some(schema) = self.dice.pick(&ending) {
                return Some(schema);
            }
        }
        self.dice.pick(branches).copied()
    }

    /// A branch of an Avro union in the JSON encoding.
    fn branch(
        &mut self,
        branches: &'static [(&'static str, &'static Schema)],
        nullable: bool,
    ) -> Option<Tree> {
        if nullable && (self.is_enough() || self.dice.one_of(branches.len() + 1)) {
            return Some(Tree::Literal("null"));
        }
        let (name, schema) = self.dice.pick(branches)?;
        Some(Tree::Object(vec![((*name).to_owned(), self.value(&[schema])?)]))
    }

    fn array(&mut self, applied: &Applied) -> Option<Tree> {
        let least = applied.at_least(|assertion| match assertion {
            Assertion::MinItems(limit) => Some(*limit),
            Assertion::Contains { min, .. } => Some(min.unwrap_or(1)),
            _ => None,
        });
        let most = applied.at_most(|assertion| match assertion {
            Assertion::MaxItems(limit) => Some(*limit),
            _ => None,
        });
        let wanted = if self.is_enough() {
            0
        } else if self.dice.one_of(10) {
            self.dice.below(20)
        } else {
            self.dice.below(4)
        };
        let count = wanted.max(least).min(most);
        if count > self.plenty.max(1_000) {
            return None;
        }
        let mut items = Vec::with_capacity(count);
        for index in 0..count {
            let mut schemas = item_schemas(&applied.schemas, index);
            // The first items are those that something must contain.
            schemas.extend(applied.assertions().filter_map(|assertion| match assertion {
                Assertion::Contains { schema, min, .. } if (index as u64) < min.unwrap_or(1) => {
                    Some(*schema)
                }
                _ => None,
            }));
            match self.value(&schemas) {
                Some(item) => items.push(item),
                // A list that may go on with nothing ends here.
                None if index >= least => break,
                None => return None,
            }
        }
        Some(Tree::Array(items))
    }
}

/// The schemas of the item at `index`.
fn item_schemas(schemas: &[&'static Schema], index: usize) -> Vec<&'static Schema> {
    let mut found = Vec::new();
    for schema in schemas {
        let prefix = schema.assertions.iter().find_map(|assertion| match assertion {
            Assertion::PrefixItems(items) => Some(*items),
            _ => None,
        });
        if let Some(own) = prefix.and_then(|items| items.get(index)) {
            found.push(*own);
            continue;
        }
        found.extend(schema.assertions.iter().filter_map(|assertion| match assertion {
            Assertion::Items(items) => Some(*items),
            _ => None,
        }));
    }
    found
}

const KINDS: [u8; 7] = [
    Types::NULL,
    Types::BOOLEAN,
    Types::INTEGER,
    Types::NUMBER,
    Types::STRING,
    Types::ARRAY,
    Types::OBJECT,
];
const ALL: u8 = Types::NULL
    | Types::BOOLEAN
    | Types::INTEGER
    | Types::NUMBER
    | Types::STRING
    | Types::ARRAY
    | Types::OBJECT;
const CONTAINERS: u8 = Types::ARRAY | Types::OBJECT;

/// Every integer is a number.
const fn with_integers(types: u8) -> u8 {
    if types & Types::NUMBER == 0 { types } else { types | Types::INTEGER }
}

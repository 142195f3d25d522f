//! Recognising events by all their members, in whatever order they come.

use super::signs::{Claims, EventKind, OUTCOME, ROWS, Sign};
use crate::json::{JsonType, Reader, Stop};
use std::borrow::Cow;

/// The event that a message is, as all its members say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// One of the table.
    Event(Recognition),
    /// No sign of any event, or the name of one that is not in the table.
    Unknown,
    /// Signs of several events, of which none is stronger than the others: two of these.
    Ambiguous(EventKind, EventKind),
}

/// An event that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recognition {
    pub(super) kind: EventKind,
    /// True if it is in the envelope of Pismo.
    pub(super) is_enveloped: bool,
}

/// Recognises a message by all its members, as far as they can be read.
pub(super) fn by_all_members(message: &str) -> Verdict {
    let mut seen = Seen::default();
    let mut reader = Reader::new(message);
    let mut first = true;
    if reader.begin_object().is_ok() {
        while let Ok(Some(key)) = reader.next_key(&mut first)
            && seen.member(&key, &mut reader).is_ok()
        {}
    }
    seen.verdict()
}

/// A member whose text counts: absent, one text however often, or something that says nothing.
#[derive(Default)]
enum Text<'m> {
    #[default]
    Absent,
    One(Cow<'m, str>),
    /// Not a string, or two texts.
    Void,
}

impl<'m> Text<'m> {
    fn take(&mut self, text: Cow<'m, str>) {
        match self {
            Self::Absent => *self = Self::One(text),
            Self::One(known) if *known == text => {}
            _ => *self = Self::Void,
        }
    }

    fn one(&self) -> Option<&str> {
        match self {
            Self::One(text) => Some(text),
            _ => None,
        }
    }
}

/// A set of members for each row.
struct ByRow([u32; ROWS.len()]);

impl Default for ByRow {
    fn default() -> Self {
        Self([0; ROWS.len()])
    }
}

/// The findings in the members that were read.
#[derive(Default)]
pub(super) struct Seen<'m> {
    event_type: Text<'m>,
    domain: Text<'m>,
    /// True if there is a `specversion`, which every event of CloudEvents has.
    is_cloud_event: bool,
    /// Events whose CloudEvents `type` came.
    by_type: Claims,
    /// Events whose properties came.
    by_shape: Claims,
    /// Events whose properties came that are stronger than those.
    by_stronger_shape: Claims,
    /// Events whose `entity.migration` has their properties.
    by_migration: Claims,
    /// Events that it is if it is an outcome.
    by_outcome: Claims,
    /// Events that it is unless it shows another one.
    otherwise: Claims,
    /// Which members of an outcome have come.
    outcome: u32,
    /// By row, which of its [`Sign::OutcomeEntity`] have come.
    outcome_entity: ByRow,
    /// By row, which of its [`Sign::TwoMembersOf`] have come.
    members: ByRow,
    /// True to stop within a member at the first sign.
    is_hasty: bool,
}

impl<'m> Seen<'m> {
    /// Stops within a member at the first sign.
    pub(super) fn hasty() -> Self {
        Self { is_hasty: true, ..Self::default() }
    }

    /// Reads a member of the message.
    pub(super) fn member(&mut self, name: &str, reader: &mut Reader<'m>) -> Result<(), Stop> {
        match (name, reader.peek()?) {
            ("event_type", JsonType::String) => {
                self.event_type.take(reader.string()?);
                return Ok(());
            }
            ("event_type", _) => self.event_type = Text::Void,
            ("domain", JsonType::String) => {
                self.domain.take(reader.string()?);
                return Ok(());
            }
            ("type", JsonType::String) => {
                let name = reader.string()?;
                let by_type =
                    |sign: &Sign| matches!(sign, Sign::CloudEventType(own) if name == *own);
                self.by_type.join(Claims::of(|_, sign| by_type(sign)));
                return Ok(());
            }
            ("specversion", _) => self.is_cloud_event = true,
            // A stronger sign came: the shape does not count.
            _ if self.is_named() => {}
            ("event", JsonType::Object) => return self.branch_of_event(reader),
            ("entity", JsonType::Object) => return self.entity(reader),
            ("migration", JsonType::Object) if HAS_SIGNS_IN_MIGRATION => {
                self.outermost(name);
                return names_in(reader, |name| {
                    self.by_outcome.join(Claims::of(|_, sign| {
                        matches!(sign, Sign::MemberOfOutcomeMigration(own) if name == *own)
                    }));
                    false
                });
            }
            _ => self.outermost(name),
        }
        reader.skip_unchecked()
    }

    /// True once there is a sign by shape, which may have left the reader within a member.
    pub(super) fn has_shape(&self) -> bool {
        !self.by_shape.is_empty() || !self.by_stronger_shape.is_empty()
    }

    /// The events whose properties came, as far as no others are stronger.
    fn shaped(&self) -> Claims {
        let is_outcome = self.outcome.count_ones() >= 2;
        if is_outcome && !self.by_outcome.is_empty() {
            return self.by_outcome;
        }
        match self.by_stronger_shape {
            stronger if stronger.is_empty() && self.by_shape.is_empty() => self.by_migration,
            stronger if stronger.is_empty() => self.by_shape,
            mut stronger if is_outcome => {
                stronger.join(self.by_shape);
                stronger
            }
            stronger => stronger,
        }
    }

    /// The event that an envelope names, once both of its names came: no other member changes that.
    fn announced(&self) -> Option<Recognition> {
        let claims = Claims::announced(self.event_type.one()?, Some(self.domain.one()?));
        claims.only().map(|kind| Recognition { kind, is_enveloped: true })
    }

    /// The event that the members show so far, by another sign than the weakest.
    pub(super) fn so_far(&self) -> Option<Recognition> {
        if !matches!(self.event_type, Text::Absent) {
            return self.announced();
        }
        let claims = if self.is_named() { self.by_type } else { self.shaped() };
        claims.only().map(|kind| Recognition { kind, is_enveloped: false })
    }

    /// The event that all members show: a named one, else one by its shape.
    pub(super) fn verdict(&self) -> Verdict {
        let (claims, is_enveloped) = match &self.event_type {
            Text::One(event_type) if !matches!(self.domain, Text::Void) => {
                (Claims::announced(event_type, self.domain.one()), true)
            }
            Text::One(_) | Text::Void => return Verdict::Unknown,
            Text::Absent if self.is_named() => (self.by_type, false),
            Text::Absent if !self.shaped().is_empty() => (self.shaped(), false),
            Text::Absent => (self.otherwise, false),
        };
        let mut kinds = claims.kinds();
        match (kinds.next(), kinds.next()) {
            (None, _) => Verdict::Unknown,
            (Some(kind), None) => Verdict::Event(Recognition { kind, is_enveloped }),
            (Some(one), Some(other)) => Verdict::Ambiguous(one, other),
        }
    }

    /// True once the message names its event, or says that it does.
    fn is_named(&self) -> bool {
        !matches!(self.event_type, Text::Absent) || self.is_cloud_event || !self.by_type.is_empty()
    }

    fn branch_of_event(&mut self, reader: &mut Reader<'m>) -> Result<(), Stop> {
        let is_hasty = self.is_hasty;
        names_in(reader, |name| {
            self.by_shape.join(Claims::of(
                |_, sign| matches!(sign, Sign::BranchOfEvent(start) if name.starts_with(start)),
            ));
            is_hasty && !self.by_shape.is_empty()
        })
    }

    fn entity(&mut self, reader: &mut Reader<'m>) -> Result<(), Stop> {
        reader.begin_object()?;
        let mut first = true;
        while let Some(name) = reader.next_key(&mut first)? {
            self.entity_member(&name);
            if self.is_hasty && self.has_shape() {
                break;
            }
            if HAS_SIGNS_IN_MIGRATION && name == "migration" && reader.peek()? == JsonType::Object {
                names_in(reader, |name| {
                    self.by_migration.join(Claims::of(|_, sign| {
                        matches!(sign, Sign::MemberOfEntityMigration(own) if name == *own)
                    }));
                    false
                })?;
            } else {
                reader.skip_unchecked()?;
            }
        }
        Ok(())
    }

    fn entity_member(&mut self, name: &str) {
        for (row, came) in ROWS.iter().zip(&mut self.outcome_entity.0) {
            for sign in row.signs {
                match sign {
                    Sign::EntityMemberUnlessOther(own) if name == *own => {
                        self.otherwise.add(row.kind);
                    }
                    Sign::EntityMember(own) if own.contains(&name) => self.by_shape.add(row.kind),
                    Sign::EntityMemberFirst(own) if own.contains(&name) => {
                        self.by_stronger_shape.add(row.kind);
                    }
                    Sign::OutcomeEntity(own) => {
                        if let Some(index) = own.iter().position(|own| *own == name) {
                            *came |= 1 << index;
                        }
                        if came.count_ones() as usize == own.len() {
                            self.by_outcome.add(row.kind);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn outermost(&mut self, name: &str) {
        if let Some(index) = OUTCOME.iter().position(|own| *own == name) {
            self.outcome |= 1 << index;
        }
        for row in ROWS {
            for sign in row.signs {
                if let Sign::TwoMembersOf(own) = sign
                    && let Some(index) = own.iter().position(|own| *own == name)
                {
                    let came = &mut self.members.0[row.kind as usize];
                    *came |= 1 << index;
                    if came.count_ones() >= 2 {
                        self.by_shape.add(row.kind);
                    }
                }
            }
        }
    }
}

/// True if a row has a sign within a `migration`, so that these are read.
const HAS_SIGNS_IN_MIGRATION: bool = {
    let (mut row, mut found) = (0, false);
    while row < ROWS.len() {
        let mut sign = 0;
        while sign < ROWS[row].signs.len() {
            found |= matches!(
                ROWS[row].signs[sign],
                Sign::MemberOfEntityMigration(_) | Sign::MemberOfOutcomeMigration(_)
            );
            sign += 1;
        }
        row += 1;
    }
    found
};

/// Reads the names in an object, to its end or until `is_enough`.
fn names_in(reader: &mut Reader<'_>, mut is_enough: impl FnMut(&str) -> bool) -> Result<(), Stop> {
    reader.begin_object()?;
    let mut first = true;
    while let Some(name) = reader.next_key(&mut first)? {
        if is_enough(&name) {
            break;
        }
        reader.skip_unchecked()?;
    }
    Ok(())
}

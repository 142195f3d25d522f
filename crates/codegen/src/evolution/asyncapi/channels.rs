//! Channels and operations.

use super::comparison::{Comparison, READERS, WRITERS, by_name};
use crate::evolution::change::Breaks;
use crate::frontend::asyncapi::outline::{ChannelOutline, OperationOutline, Outline};
use std::collections::{HashMap, HashSet};

/// The channels of both versions that correspond to each other.
pub(super) struct Channels {
    /// Indices of the old and the new channels.
    pairs: Vec<(usize, usize)>,
    /// Names of the messages in channels of the old version.
    pub(super) old_messages: HashSet<String>,
    /// Names of the messages that the new version has in channels of both versions.
    pub(super) kept_messages: HashSet<String>,
}

impl Channels {
    /// Pairs channels by their keys, and the rest by their addresses. In 2.x the key is the address.
    pub(super) fn of(old: &Outline, new: &Outline) -> Self {
        let mut pairs = Vec::new();
        let mut taken = HashSet::new();
        let keys = by_name(&new.channels, |channel| &channel.name);
        if old.has_addresses == new.has_addresses {
            for (index, channel) in old.channels.iter().enumerate() {
                if let Some(partner) = keys.get(channel.name.as_str()) {
                    taken.insert(*partner);
                    pairs.push((index, *partner));
                }
            }
        }
        let paired: HashSet<usize> = pairs.iter().map(|(index, _)| *index).collect();
        let addresses: HashMap<String, usize> = new
            .channels
            .iter()
            .enumerate()
            .rev()
            .filter(|(index, _)| !taken.contains(index))
            .filter_map(|(index, channel)| Some((pattern(channel.address.as_ref()?), index)))
            .collect();
        for (index, channel) in old.channels.iter().enumerate() {
            let address = channel.address.as_ref().filter(|_| !paired.contains(&index));
            let partner = address.and_then(|address| addresses.get(&pattern(address)));
            if let Some(partner) = partner
                && taken.insert(*partner)
            {
                pairs.push((index, *partner));
            }
        }
        pairs.sort_unstable();
        let messages = |channel: &ChannelOutline| channel.messages.clone();
        let kept = pairs.iter().flat_map(|(_, index)| messages(&new.channels[*index]));
        let kept_messages = kept.collect();
        let old_messages = old.channels.iter().flat_map(messages).collect();
        Self { pairs, old_messages, kept_messages }
    }
}

/// Returns an address without the names of its parameters.
fn pattern(address: &str) -> String {
    let mut parts = address.split('{');
    let mut pattern = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        pattern.push_str("{}");
        pattern.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    pattern
}

impl Comparison<'_> {
    pub(super) fn channels(&mut self, channels: &Channels) {
        let (old, new) = (&self.old.outline.channels, &self.new.outline.channels);
        let partners: HashMap<usize, usize> = channels.pairs.iter().copied().collect();
        for (index, channel) in old.iter().enumerate() {
            match partners.get(&index) {
                Some(partner) => self.channel(channel, &new[*partner]),
                None => {
                    let what = format!("the channel `{}` was removed", channel.name);
                    let why = "readers receive nothing on it, and nobody reads the data of writers";
                    self.note((Some(&channel.place), None), what, Breaks::BOTH, why);
                }
            }
        }
        let taken: HashSet<usize> = partners.into_values().collect();
        for (_, channel) in new.iter().enumerate().filter(|(index, _)| !taken.contains(index)) {
            let what = format!("the channel `{}` was added", channel.name);
            let why = "nobody on the old version uses it";
            self.note((None, Some(&channel.place)), what, Breaks::NONE, why);
        }
    }

    fn channel(&mut self, old: &ChannelOutline, new: &ChannelOutline) {
        let places = (Some(old.place.as_str()), Some(new.place.as_str()));
        let has_addresses = self.old.outline.has_addresses && self.new.outline.has_addresses;
        if has_addresses && old.name != new.name {
            let what = format!("the channel `{}` was renamed to `{}`", old.name, new.name);
            self.note(places, what, Breaks::NONE, "the address is the same");
        }
        self.address(old, new);
        let of_new: HashMap<&str, &str> =
            new.parameters.iter().map(|(name, place)| (name.as_str(), place.as_str())).collect();
        for (name, place) in &old.parameters {
            if let Some(partner) = of_new.get(name.as_str()) {
                self.schemas(place, partner);
            }
        }
        // In 2.x messages belong to operations.
        if self.old.outline.has_addresses || self.new.outline.has_addresses {
            let of_old = (old.name.as_str(), old.messages.as_slice(), old.place.as_str());
            self.members("channel", of_old, (&new.messages, &new.place));
        }
    }

    fn address(&mut self, old: &ChannelOutline, new: &ChannelOutline) {
        if old.address == new.address {
            return;
        }
        let text = |channel: &ChannelOutline| match &channel.address {
            Some(address) => format!("{address:?}"),
            None => "unknown".to_owned(),
        };
        let what = format!("the address of `{}` became {}, was {}", old.name, text(new), text(old));
        let same = |channel: &ChannelOutline| channel.address.as_deref().map(pattern);
        let (breaks, why) = if old.address.is_some() && same(old) == same(new) {
            (Breaks::NONE, "only the names of parameters changed")
        } else {
            (Breaks::BOTH, "data sent to one address does not reach readers of the other")
        };
        let place = |channel: &ChannelOutline| format!("{}/address", channel.place);
        let (of_old, of_new) = (place(old), place(new));
        self.note((Some(&of_old), Some(&of_new)), what, breaks, why);
    }

    /// Compares the messages of a channel or an operation. Those that only one version has at all are left to
    /// the comparison of messages.
    fn members(
        &mut self,
        kind: &str,
        (name, of_old, old_place): (&str, &[String], &str),
        (of_new, new_place): (&[String], &str),
    ) {
        let places = (Some(old_place), Some(new_place));
        let (old, new) = (self.old, self.new);
        let everywhere = |messages: &[String], outline: &Outline| -> Vec<String> {
            let known = by_name(&outline.messages, |message| &message.name);
            messages.iter().filter(|name| known.contains_key(name.as_str())).cloned().collect()
        };
        let (before, after): (HashSet<&String>, HashSet<&String>) =
            (of_old.iter().collect(), of_new.iter().collect());
        for message in everywhere(of_old, &new.outline) {
            if !after.contains(&message) {
                let what = format!("the {kind} `{name}` no longer has the message `{message}`");
                self.note(places, what, WRITERS, "the new version does not expect it there");
            }
        }
        for message in everywhere(of_new, &old.outline) {
            if !before.contains(&message) {
                let what = format!("the {kind} `{name}` now has the message `{message}`");
                self.note(places, what, READERS, "the old version does not expect it there");
            }
        }
    }

    pub(super) fn operations(&mut self, channels: &Channels) {
        let (old, new) = (self.old, self.new);
        let of_channel = |outline: &Outline, operation: &OperationOutline| {
            let name = operation.channel.as_ref()?;
            outline.channels.iter().position(|channel| channel.name == *name)
        };
        let partners: HashMap<usize, usize> = channels.pairs.iter().copied().collect();
        // The key of an operation, or its channel in the old version and its direction.
        let by_key: HashMap<&str, usize> = (0..)
            .zip(&new.outline.operations)
            .filter_map(|(index, operation)| Some((operation.name.as_deref()?, index)))
            .collect();
        let mut by_channel: HashMap<(Option<usize>, bool), Vec<usize>> = HashMap::new();
        for (index, operation) in new.outline.operations.iter().enumerate() {
            let key = (of_channel(&new.outline, operation), operation.receives);
            by_channel.entry(key).or_default().push(index);
        }
        let mut taken = HashSet::new();
        let mut rest = Vec::new();
        for operation in &old.outline.operations {
            let partner = operation.name.as_deref().and_then(|name| by_key.get(name));
            match partner {
                Some(partner) => {
                    taken.insert(*partner);
                    let channel = of_channel(&old.outline, operation);
                    let moved = channel.and_then(|index| partners.get(&index)).copied()
                        != of_channel(&new.outline, &new.outline.operations[*partner]);
                    self.operation(operation, &new.outline.operations[*partner], moved);
                }
                None => rest.push(operation),
            }
        }
        for operation in rest {
            let channel = of_channel(&old.outline, operation);
            let channel = channel.and_then(|index| partners.get(&index)).copied();
            let others =
                by_channel.get(&(channel, operation.receives)).filter(|_| channel.is_some());
            let partner =
                others.into_iter().flatten().find(|index| !taken.contains(*index)).copied();
            match partner {
                Some(partner) => {
                    taken.insert(partner);
                    self.operation(operation, &new.outline.operations[partner], false);
                }
                None if channel.is_none() && operation.channel.is_some() => {
                    // The channel is gone, which is reported.
                }
                None => {
                    let what = format!("the operation {} was removed", operation.title());
                    let (breaks, why) = if operation.receives {
                        (WRITERS, "the application no longer receives their messages")
                    } else {
                        (READERS, "the application no longer sends them messages")
                    };
                    self.note((Some(&operation.place), None), what, breaks, why);
                }
            }
        }
        for (index, operation) in new.outline.operations.iter().enumerate() {
            if !taken.contains(&index) {
                let what = format!("the operation {} was added", operation.title());
                let why = "nobody on the old version takes part in it";
                self.note((None, Some(&operation.place)), what, Breaks::NONE, why);
            }
        }
    }

    fn operation(&mut self, old: &OperationOutline, new: &OperationOutline, moved: bool) {
        let places = (Some(old.place.as_str()), Some(new.place.as_str()));
        if old.receives != new.receives || moved {
            let change = if moved { "channel" } else { "direction" };
            let what = format!("the {change} of the operation {} changed", old.title());
            let why = "those who took part in it find it no longer there";
            self.note(places, what, Breaks::BOTH, why);
            return;
        }
        let is_all = |outline: &Outline, operation: &OperationOutline| {
            let mut channels = outline.channels.iter();
            let channel =
                channels.find(|channel| Some(&channel.name) == operation.channel.as_ref());
            channel.is_some_and(|channel| channel.messages == operation.messages)
        };
        // The messages of the channels are compared already.
        let is_compared = (self.old.outline.has_addresses || self.new.outline.has_addresses)
            && is_all(&self.old.outline, old)
            && is_all(&self.new.outline, new);
        if !is_compared {
            let title = old.title();
            let name = title.trim_matches('`');
            self.members(
                "operation",
                (name, &old.messages, &old.place),
                (&new.messages, &new.place),
            );
        }
    }
}

impl OperationOutline {
    /// Returns the name, or the direction and the channel of an operation without one.
    fn title(&self) -> String {
        match (&self.name, &self.channel, self.receives) {
            (Some(name), ..) => format!("`{name}`"),
            (None, Some(channel), true) => format!("`publish` of `{channel}`"),
            (None, Some(channel), false) => format!("`subscribe` of `{channel}`"),
            (None, None, _) => "without a channel".to_owned(),
        }
    }
}

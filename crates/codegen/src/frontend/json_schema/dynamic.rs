//! Dynamic references: the schema that they lead to depends on the way by which they were reached.

use super::document::Document;
use super::index::RECURSIVE;
use super::scope::{Place, Scope};
use std::collections::BTreeMap;

impl<'d> Document<'d> {
    /// Returns the place of the schema that a reference at `here` reaches, in its dynamic scope. A dynamic
    /// reference to an `anchor` leads to the outermost schema with it, if `target` has it too.
    pub(super) fn entered(&self, here: &str, target: &str, anchor: Option<&str>) -> String {
        let ambiguous = self.others.ambiguous_anchors();
        if ambiguous.is_empty() {
            return target.to_owned();
        }
        let mut anchors = self.bound(here);
        let (file, pointer) = self.split(target);
        let (mut file, mut pointer) = (file.to_owned(), pointer.to_owned());
        let mut resource = self.resource(&file, &pointer);
        if let Some(anchor) = anchor {
            let is_dynamic = self.anchors(&file, &resource).any(|(name, at)| {
                name == anchor && (at == pointer || (name == RECURSIVE && resource == pointer))
            });
            if let Some((outer_file, outer)) = anchors.get(anchor).filter(|_| is_dynamic) {
                (file, pointer) = (outer_file.clone(), outer.clone());
                resource = self.resource(&file, &pointer);
            }
        }
        self.bind(&mut anchors, &file, &resource);
        let name = if file == self.file { &self.name } else { &file };
        let unscoped = |pointer: &str| format!("{name}#{pointer}");
        if anchors == self.bound(&unscoped(&resource)) {
            return unscoped(&pointer);
        }
        self.scopes.place(Scope { anchors, resource }, name, &pointer)
    }

    /// Returns the outermost schemas with ambiguous dynamic anchors on the way to a place.
    fn bound(&self, place: &str) -> BTreeMap<String, (String, String)> {
        let (file, pointer) = self.split(place);
        let scope = Place::of(place).scope.map(|number| self.scopes.get(number));
        let (mut anchors, entered) = match scope {
            Some(Scope { anchors, resource }) => (anchors, Some(resource.len())),
            None => (BTreeMap::new(), None),
        };
        let mut last = None;
        for around in self.around(file, pointer) {
            if last.as_ref() != Some(&around.resource) {
                if entered.is_none_or(|entered| around.resource.len() > entered) {
                    self.bind(&mut anchors, file, &around.resource);
                }
                last = Some(around.resource);
            }
        }
        anchors
    }

    /// Binds the ambiguous dynamic anchors of a resource that are not bound further out.
    fn bind(&self, bound: &mut BTreeMap<String, (String, String)>, file: &str, resource: &str) {
        for (name, pointer) in self.anchors(file, resource) {
            if self.others.ambiguous_anchors().contains(name) {
                bound
                    .entry(name.to_owned())
                    .or_insert_with(|| (file.to_owned(), pointer.to_owned()));
            }
        }
    }

    /// Returns names and pointers of the dynamic anchors of a resource.
    fn anchors<'s>(
        &'s self,
        file: &str,
        resource: &str,
    ) -> impl Iterator<Item = (&'s str, &'s str)> + use<'s, 'd> {
        let anchors = self.index_of(file).and_then(|index| index.dynamic.get(resource));
        anchors.into_iter().flatten().map(|(name, pointer)| (name.as_str(), pointer.as_str()))
    }

    /// Returns the pointer of the schema resource around a schema.
    fn resource(&self, file: &str, pointer: &str) -> String {
        self.around(file, pointer).last().map(|around| around.resource).unwrap_or_default()
    }
}

//! The tables that explain a rejection.

use super::Context;
use super::ident::{ident, shouty};
use super::names::numbered;
use crate::frontend::json_schema::split_version;
use crate::model::{Assertion, Format, JsonType, Model, Representation, RuleId, Scope};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::{BTreeMap, BTreeSet};

/// The rules that become a static of their own; all others are written where they are used.
pub(super) struct Schemas {
    names: BTreeMap<RuleId, String>,
}

impl Schemas {
    /// A static for every rule that a type, an event or more than one other rule refers to.
    pub(super) fn assign(model: &Model) -> Self {
        let mut roots: Vec<(RuleId, String)> = Vec::new();
        for contract in &model.contracts {
            let stem = split_version(file_stem(&contract.file)).0;
            roots.push((contract.rule, stem.clone()));
            if contract.published_rule != contract.rule {
                roots.push((contract.published_rule, format!("published_{stem}")));
            }
        }
        for definition in &model.definitions {
            let stem = split_version(file_stem(&definition.file)).0;
            roots.push((definition.rule, stem.clone()));
            let verified = definition.shape.slots().into_iter().filter_map(|slot| slot.verify);
            roots.extend(verified.map(|rule| (rule, stem.clone())));
        }
        let mut uses: BTreeMap<RuleId, usize> = BTreeMap::new();
        let mut prefixes: BTreeMap<RuleId, String> = BTreeMap::new();
        let mut order = Vec::new();
        for (root, prefix) in &roots {
            *uses.entry(*root).or_default() += 2;
            let mut queue = vec![*root];
            while let Some(id) = queue.pop() {
                if prefixes.contains_key(&id) {
                    continue;
                }
                prefixes.insert(id, prefix.clone());
                order.push(id);
                for inner in children(model, id) {
                    *uses.entry(inner).or_default() += 1;
                    queue.push(inner);
                }
            }
        }
        let mut taken = BTreeSet::new();
        let shared = order.into_iter().filter(|id| uses[id] > 1);
        let names = shared.map(|id| {
            let tokens = model[id].pointer.split('/').filter(|token| !STRUCTURAL.contains(token));
            let path: Vec<&str> = tokens.collect();
            let name = shouty(&format!("{} {}", prefixes[&id], path.join(" ")));
            (id, numbered(&name, |name| taken.insert(name.to_owned())))
        });
        Self { names: names.collect() }
    }
}

/// Parts of a pointer that say nothing in a name.
const STRUCTURAL: &[&str] =
    &["", "properties", "definitions", "$defs", "components", "schemas", "fields"];

fn file_stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

impl Context<'_> {
    /// The static of a rule, seen from a scope.
    pub(super) fn schema_path(&self, rule: RuleId, scope: Scope) -> TokenStream {
        let name = ident(self.schemas.names.get(&rule).map_or("UNNAMED", String::as_str));
        match scope {
            Scope::Family => quote! { schema::#name },
            Scope::Contract(_) => quote! { super::schema::#name },
        }
    }

    /// The module of all statics.
    pub(super) fn schema_tables(&self) -> TokenStream {
        let schema = self.paths.schema();
        let statics = self.schemas.names.iter().map(|(rule, name)| {
            let name = ident(name);
            let table = self.table(*rule);
            quote! { pub(super) static #name: #schema = #table; }
        });
        quote! {
            #[doc = " What the contracts assert, schema by schema."]
            mod schema { #(#statics)* }
        }
    }

    /// A rule as a value of the table.
    fn table(&self, id: RuleId) -> TokenStream {
        let schema = self.paths.schema();
        let rule = &self.model[id];
        let (has_keywords, pointer) = (rule.has_keywords, &rule.pointer);
        let assertions = rule.assertions.iter().map(|assertion| self.assertion(assertion));
        quote! {
            #schema { has_keywords: #has_keywords, pointer: #pointer, assertions: &[#(#assertions,)*] }
        }
    }

    /// A reference to a rule: to its static if it has one.
    fn refer(&self, id: RuleId) -> TokenStream {
        match self.schemas.names.get(&id) {
            Some(name) => {
                let name = ident(name);
                quote! { &#name }
            }
            None => {
                let table = self.table(id);
                quote! { &#table }
            }
        }
    }

    fn assertion(&self, assertion: &Assertion) -> TokenStream {
        let a = self.paths.assertion();
        let list = |rules: &[RuleId]| {
            let rules = rules.iter().map(|rule| self.refer(*rule));
            quote! { &[#(#rules,)*] }
        };
        let named = |rules: &[(String, RuleId)]| {
            let entries = rules.iter().map(|(name, rule)| {
                let rule = self.refer(*rule);
                quote! { (#name, #rule) }
            });
            quote! { &[#(#entries,)*] }
        };
        match assertion {
            Assertion::Types(types) => {
                let path = self.paths.schema_types();
                let bits = types.iter().map(|ty| {
                    let bit = ident(match ty {
                        JsonType::Null => "NULL",
                        JsonType::Boolean => "BOOLEAN",
                        JsonType::Integer => "INTEGER",
                        JsonType::Number => "NUMBER",
                        JsonType::String => "STRING",
                        JsonType::Array => "ARRAY",
                        JsonType::Object => "OBJECT",
                    });
                    quote! { #path::#bit }
                });
                quote! { #a::Types(#path(#(#bits)|*)) }
            }
            Assertion::Never => quote! { #a::Never },
            Assertion::Enum(options) => quote! { #a::Enum(&[#(#options,)*]) },
            Assertion::Const(value) => quote! { #a::Const(#value) },
            Assertion::Pattern(pattern) => {
                let (path, matches) = (self.paths.pattern(), self.pattern_matcher(pattern));
                quote! { #a::Pattern(#path { text: #pattern, matches: #matches }) }
            }
            Assertion::MinLength(limit) => quote! { #a::MinLength(#limit) },
            Assertion::MaxLength(limit) => quote! { #a::MaxLength(#limit) },
            Assertion::Minimum(limit) => quote! { #a::Minimum(#limit) },
            Assertion::Maximum(limit) => quote! { #a::Maximum(#limit) },
            Assertion::ExclusiveMinimum(limit) => quote! { #a::ExclusiveMinimum(#limit) },
            Assertion::ExclusiveMaximum(limit) => quote! { #a::ExclusiveMaximum(#limit) },
            Assertion::Format(format) => {
                let format = self.format(*format);
                quote! { #a::Format(#format) }
            }
            Assertion::Representation(representation) => {
                let path = self.paths.representation();
                let name = ident(match representation {
                    Representation::Integer32 => "Integer32",
                    Representation::Integer64 => "Integer64",
                    Representation::Float => "Float",
                    Representation::Double => "Double",
                    Representation::Decimal => "Decimal",
                });
                quote! { #a::Representation(#path::#name) }
            }
            Assertion::MinItems(limit) => quote! { #a::MinItems(#limit) },
            Assertion::MaxItems(limit) => quote! { #a::MaxItems(#limit) },
            Assertion::MultipleOf(divisor) => quote! { #a::MultipleOf(#divisor) },
            Assertion::PrefixItems(rules) => {
                let rules = list(rules);
                quote! { #a::PrefixItems(#rules) }
            }
            Assertion::Items(rule) => {
                let rule = self.refer(*rule);
                quote! { #a::Items(#rule) }
            }
            Assertion::Contains { rule, min, max, evaluates } => {
                let (rule, min, max) = (self.refer(*rule), option(min), option(max));
                quote! {
                    #a::Contains { schema: #rule, min: #min, max: #max, evaluates: #evaluates }
                }
            }
            Assertion::UniqueItems => quote! { #a::UniqueItems },
            Assertion::UnevaluatedItems(rule) => {
                let rule = self.refer(*rule);
                quote! { #a::UnevaluatedItems(#rule) }
            }
            Assertion::Properties(rules) => {
                let rules = named(rules);
                quote! { #a::Properties(#rules) }
            }
            Assertion::AdditionalProperties(rule) => {
                let rule = self.refer(*rule);
                quote! { #a::AdditionalProperties(#rule) }
            }
            Assertion::PatternProperties(rules) => {
                let path = self.paths.pattern();
                let entries = rules.iter().map(|(pattern, rule)| {
                    let (matches, rule) = (self.pattern_matcher(pattern), self.refer(*rule));
                    quote! { (#path { text: #pattern, matches: #matches }, #rule) }
                });
                quote! { #a::PatternProperties(&[#(#entries,)*]) }
            }
            Assertion::UnevaluatedProperties(rule) => {
                let rule = self.refer(*rule);
                quote! { #a::UnevaluatedProperties(#rule) }
            }
            Assertion::PropertyNames(rule) => {
                let rule = self.refer(*rule);
                quote! { #a::PropertyNames(#rule) }
            }
            Assertion::Dependencies(entries) => {
                let entries = dependencies(entries);
                quote! { #a::Dependencies(#entries) }
            }
            Assertion::DependentRequired(entries) => {
                let entries = dependencies(entries);
                quote! { #a::DependentRequired(#entries) }
            }
            Assertion::DependentSchemas(rules) => {
                let rules = named(rules);
                quote! { #a::DependentSchemas(#rules) }
            }
            Assertion::Required(names) => quote! { #a::Required(&[#(#names,)*]) },
            Assertion::MinProperties(limit) => quote! { #a::MinProperties(#limit) },
            Assertion::MaxProperties(limit) => quote! { #a::MaxProperties(#limit) },
            Assertion::Reference(rule) => {
                let rule = self.refer(*rule);
                quote! { #a::Reference(#rule) }
            }
            Assertion::AllOf(rules) => {
                let rules = list(rules);
                quote! { #a::AllOf(#rules) }
            }
            Assertion::AnyOf(rules) => {
                let rules = list(rules);
                quote! { #a::AnyOf(#rules) }
            }
            Assertion::OneOf(rules) => {
                let rules = list(rules);
                quote! { #a::OneOf(#rules) }
            }
            Assertion::Not(rule) => {
                let rule = self.refer(*rule);
                quote! { #a::Not(#rule) }
            }
            Assertion::If { condition, then, otherwise } => {
                let condition = self.refer(*condition);
                let (then, otherwise) = (
                    option(&then.map(|rule| self.refer(rule))),
                    option(&otherwise.map(|rule| self.refer(rule))),
                );
                quote! { #a::If { condition: #condition, then: #then, otherwise: #otherwise } }
            }
            Assertion::Union { branches, nullable } => {
                let branches = named(branches);
                quote! { #a::Union { branches: #branches, nullable: #nullable } }
            }
        }
    }

    pub(super) fn format(&self, format: Format) -> TokenStream {
        let path = self.paths.format();
        let name = match format {
            Format::AvroFixed(size) => return quote! { #path::AvroFixed(#size) },
            Format::DateTime => "DateTime",
            Format::Date => "Date",
            Format::Time => "Time",
            Format::Uuid => "Uuid",
            Format::Email => "Email",
            Format::Hostname => "Hostname",
            Format::Ipv4 => "Ipv4",
            Format::Ipv6 => "Ipv6",
            Format::Uri => "Uri",
            Format::UriReference => "UriReference",
            Format::Iri => "Iri",
            Format::IriReference => "IriReference",
            Format::UriTemplate => "UriTemplate",
            Format::JsonPointer => "JsonPointer",
            Format::RelativeJsonPointer => "RelativeJsonPointer",
            Format::Duration => "Duration",
            Format::IdnEmail => "IdnEmail",
            Format::IdnHostname => "IdnHostname",
            Format::Regex => "Regex",
            Format::AvroBytes => "AvroBytes",
            Format::AvroFloat => "AvroFloat",
        };
        let name = ident(name);
        quote! { #path::#name }
    }

    /// A function from `&str` to whether it matches.
    pub(super) fn pattern_matcher(&self, pattern: &str) -> TokenStream {
        if let Some(set) = crate::pattern::character_set(pattern) {
            let ranges = set.iter().map(|range| {
                let (first, last) = (range.start(), range.end());
                if first == last {
                    quote! { #first }
                } else {
                    quote! { #first..=#last }
                }
            });
            return quote! {
                |text: &str| text.chars().any(|sign| ::core::matches!(sign, #(#ranges)|*))
            };
        }
        let private = self.paths.private();
        // The frontend has checked the pattern, so there is a translation.
        let translated = crate::pattern::translate(pattern).unwrap_or_default();
        quote! {
            |text: &str| {
                static REGEX: #private::Regex = #private::Regex::new(#translated);
                REGEX.is_match(text)
            }
        }
    }
}

fn option<T: ToTokens>(value: &Option<T>) -> TokenStream {
    match value {
        Some(value) => quote! { ::core::option::Option::Some(#value) },
        None => quote! { ::core::option::Option::None },
    }
}

/// Properties and the names of those that must be beside them.
fn dependencies(entries: &[(String, Vec<String>)]) -> TokenStream {
    let entries = entries.iter().map(|(name, names)| quote! { (#name, &[#(#names,)*]) });
    quote! { &[#(#entries,)*] }
}

/// The rules that a rule refers to.
fn children(model: &Model, id: RuleId) -> Vec<RuleId> {
    model[id].assertions.iter().flat_map(Assertion::rules).collect()
}

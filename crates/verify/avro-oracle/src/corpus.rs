//! The schemas, and the types that are generated from them.

use crate::Codec;

macro_rules! modules {
    ($folder:literal, $list:ident, $($module:ident: $root:ident),* $(,)?) => {
        $(
            #[doc = concat!("Generated from `", $folder, "/", stringify!($module), ".avsc`.")]
            pub mod $module {
                include!(concat!(env!("OUT_DIR"), "/", stringify!($module), ".rs"));
            }
        )*

        #[doc = concat!("Every schema of `", $folder, "/`.")]
        pub static $list: &[Codec] = &[
            $(Codec::of::<$module::$root>(
                stringify!($module),
                include_str!(concat!("../", $folder, "/", stringify!($module), ".avsc")),
            )),*
        ];
    };
}

/// Boost's schema.
pub static BOOST: Codec = Codec::of::<migration_events::boost::AccountMigrationEvent>(
    "boost",
    include_str!("../../../../schemas/boost/account_migration_event.avsc"),
);

modules! {
    "beyond", BEYOND,
    logical_types_on_complex: LogicalTypesOnComplex,
    null_namespace_within: Plain,
}

modules! {
    "corpus", CORPUS,
    aliases: Aliases,
    arrays: Arrays,
    big_decimals: BigDecimals,
    dates_and_times: DatesAndTimes,
    decimals: Decimals,
    deep_nesting: DeepNesting,
    defaults: Defaults,
    docs: Docs,
    durations: Durations,
    empty: Empty,
    enums: Enums,
    fixed_decimals_by_name: FixedDecimalsByName,
    fixed_sizes: FixedSizes,
    logical_types_ignored: LogicalTypesIgnored,
    logical_types_in_unions: LogicalTypesInUnions,
    maps: Maps,
    maps_of_empty_records: MapsOfEmptyRecords,
    names_by_case: CorpusNames,
    namespaces_dotted: Root,
    namespaces_empty: Plain,
    namespaces_inherited: Outer,
    nothing_but_nulls: NothingButNulls,
    null_unions: NullUnions,
    nullable: Nullable,
    numbers_in_lists: NumbersInLists,
    one_long: OneLong,
    order: Order,
    primitives: Primitives,
    primitives_as_objects: PrimitivesAsObjects,
    recursion_list: Link,
    recursion_map: Folder,
    recursion_mutual: Person,
    recursion_tree: Tree,
    recursion_union: Formula,
    root_array: RootArray,
    root_enum: Light,
    root_fixed: Digest,
    root_map: RootMap,
    root_mixed_union: RootMixedUnion,
    root_nullable: RootNullable,
    root_string: RootString,
    root_union: RootUnion,
    rust_keywords: Self_,
    same_shape: SameShape,
    scheduled_older: AccountMigrationScheduledEvent,
    texts_and_bytes: TextsAndBytes,
    timestamps: Timestamps,
    unions: Unions,
    uuids: Uuids,
    uuids_fixed: UuidsFixed,
    wide_enum: WideEnum,
    wide_record: WideRecord,
    wide_union: WideUnion,
}

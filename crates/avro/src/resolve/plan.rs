//! Plan that turns a datum of the writer's schema into one of the reader's, computed once.

use super::error::Unresolvable;

/// Place of a node in the plan.
pub(super) type NodeId = usize;

/// Step of the plan for one value of the writer.
#[derive(Debug)]
pub(super) enum Node {
    /// Not known yet: inside of a type that is being worked out. None is left in a plan.
    Pending,
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    /// A string that must be a UUID.
    Uuid,
    Fixed(usize),
    IntToFloat,
    IntToDouble,
    LongToFloat,
    LongToDouble,
    FloatToDouble,
    BytesToString,
    StringToBytes,
    /// By index of the writer's symbol: the index of the reader's.
    Enum(Box<[Option<usize>]>),
    Array(NodeId),
    Map(NodeId),
    Record(Record),
    /// By index of the writer's branch.
    Union(Box<[Branch]>),
    /// A value of one type that becomes a branch of a union.
    Wrap {
        index: usize,
        value: NodeId,
    },
    /// Refuses a value that cannot be resolved; only a datum that has it fails.
    Refuse(Unresolvable),
}

#[derive(Debug)]
pub(super) struct Branch {
    /// `None` for null, which is not wrapped in the JSON encoding.
    pub(super) name: Option<Box<str>>,
    pub(super) value: NodeId,
}

#[derive(Debug)]
pub(super) struct Record {
    /// The writer's fields, in order.
    pub(super) written: Box<[Field]>,
    /// The reader's fields, in order.
    pub(super) read: Box<[Source]>,
    /// True if the reader's fields come in the order of the writer's.
    pub(super) is_ordered: bool,
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: Box<str>,
    pub(super) value: NodeId,
    pub(super) is_dropped: bool,
}

/// Where a field of the reader comes from.
#[derive(Debug)]
pub(super) enum Source {
    /// The writer's field of this index.
    Field(usize),
    /// A datum.
    Default(Box<[u8]>),
}

#[derive(Debug)]
pub(super) struct Plan {
    pub(super) nodes: Vec<Node>,
    /// By node: true if its values take no bytes.
    pub(super) nothing: Vec<bool>,
    /// To the reader's schema.
    pub(super) root: NodeId,
    /// To the writer's own schema.
    pub(super) copy: NodeId,
    /// Name of the writer's type.
    pub(super) name: Box<str>,
    /// True if every datum of the writer is one of the reader.
    pub(super) is_identity: bool,
}

impl Plan {
    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// Returns whether a value of the node takes no bytes, however many values it holds.
    pub(super) fn reads_nothing(&self, id: NodeId) -> bool {
        self.nothing[id]
    }
}

/// The nodes whose values take no bytes. Each pass follows the records one level further out.
pub(super) fn nothing(nodes: &[Node]) -> Vec<bool> {
    let mut nothing = vec![false; nodes.len()];
    loop {
        let mut is_done = true;
        for (id, node) in
            nodes.iter().enumerate().filter(|(id, _)| !nothing[*id]).collect::<Vec<_>>()
        {
            let is_nothing = match node {
                Node::Null | Node::Fixed(0) => true,
                Node::Record(record) => record.written.iter().all(|field| nothing[field.value]),
                Node::Wrap { value, .. } => nothing[*value],
                _ => false,
            };
            nothing[id] = is_nothing;
            is_done &= !is_nothing;
        }
        if is_done {
            return nothing;
        }
    }
}

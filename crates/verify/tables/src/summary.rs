//! The README's six rows and three numbers.

use crate::{Result, build_cost, peers, ratios};

/// The rows, and the numbers below them.
pub(crate) fn markdown() -> Result<String> {
    let rows = peers::table("summary")?;
    let [decode, encode] =
        [ratios::mean("decode", "structs by hand")?, ratios::mean("encode", "structs by hand")?];
    let build = build_cost::cpu("this crate, `pismo-core`")?;
    Ok(format!(
        "{rows}\n\
         * Decoding takes **{decode:.2}** of the time of serde structs by hand, which check less, and encoding\n  \
         **{encode:.2}** (geometric means over the sample messages).\n\
         * A clean build with the feature `pismo-core` alone takes **{build:.2}** times the CPU time of its dependencies alone.\n",
    ))
}

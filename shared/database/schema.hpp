// The tables, and how a file of an earlier version becomes one of this version.
//
// Each noun is a row: what is searched or checked stands in columns, the whole value beside it in `document`,
// described once by its FIELDS (docs/decisions/0001-documents-in-rows.md).
#pragma once

#include "shared/database/database.hpp"

namespace sampan {

// Runs what is missing, in order, in the caller's transaction. bad_data for a file of a later version than this one.
Result<void> migrate(Transaction& tx);

}  // namespace sampan

// What all rows share: a noun's whole value is a JSON document, and a change must name the version it is of.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "shared/core/json.hpp"
#include "shared/database/database.hpp"

namespace sampan {

// Column 0 of every row as T. bad_data: a stored document that cannot be read is our own defect.
template <class T>
Result<std::vector<T>> documents(const Result<std::vector<Row>>& rows) {
  if (!rows) return tl::unexpected(rows.error());
  std::vector<T> values;
  for (const Row& row : *rows) {
    auto value = from_json<T>(row.text(0));
    if (!value) return fail(ErrorCode::bad_data, "A stored row cannot be read.", value.error().context);
    values.push_back(*std::move(value));
  }
  return values;
}

// The only one; not_found says `missing` to the person.
template <class T>
Result<T> only_document(const Result<std::vector<Row>>& rows, const char* missing) {
  TRY(auto values, documents<T>(rows));
  if (values.empty()) return fail(ErrorCode::not_found, missing);
  return std::move(values.front());
}

inline Result<void> inserted(const Result<int64_t>& changed) {
  if (!changed) return tl::unexpected(changed.error());
  return done();
}

// `update … where version = ?` changed exactly one row, or somebody else was first.
inline Result<void> updated(const Result<int64_t>& changed) {
  if (!changed) return tl::unexpected(changed.error());
  if (*changed != 1) return fail(ErrorCode::conflict, "This was changed meanwhile; load it again.");
  return done();
}

}  // namespace sampan

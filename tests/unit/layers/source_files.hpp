// The repository's own source files as text, for the tests that read them.
#pragma once

#include <string>
#include <vector>

namespace sampan {

struct SourceFile {
  std::string path;  // from the repository's root: "shared/core/money.hpp"
  std::string text;
};

// The .cpp and .hpp files below `folders`, which are named from the root; an absent folder has none.
std::vector<SourceFile> source_files(const std::vector<std::string>& folders);

std::vector<std::string> lines_of(const std::string& text);

// `text` with comments and what stands between quotes blanked; lines stay where they are.
std::string code_only(const std::string& text);

}  // namespace sampan

// What a reviewer would otherwise look for by eye in every file.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "tests/unit/layers/source_files.hpp"

namespace sampan {
namespace {

constexpr size_t longest_file_lines = 600;

const std::regex binary_fraction(R"(\b(double|float)\b)");
const std::regex outside_world(
    R"(\b(system_clock|steady_clock|high_resolution_clock)\s*::\s*now\b|\b(clock_gettime|gettimeofday)\b)"
    R"(|\bs?rand\s*\(|\btime\s*\(\s*(nullptr|NULL|0)\s*\)|\brandom_device\b)"
    R"(|#\s*include\s*<(thread|mutex|condition_variable|future|random|fstream|sys/socket\.h|sys/time\.h)>)");
const std::regex unfinished(
    "\\b(TO"
    "DO|FIX"
    "ME|X"
    "XX)\\b");

// Lines of `text` on which `pattern` is found, counted from 1.
std::vector<size_t> lines_with(const std::regex& pattern, const std::string& text) {
  std::vector<size_t> found;
  const std::vector<std::string> lines = lines_of(text);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (std::regex_search(lines[i], pattern)) found.push_back(i + 1);
  }
  return found;
}

void check_absent(const std::regex& pattern, const SourceFile& file, const std::string& text, const char* why) {
  for (const size_t line : lines_with(pattern, text)) FAIL_CHECK(file.path << ":" << line << ": " << why);
}

}  // namespace

TEST_CASE("words in comments and literals are not code", "[layers]") {
  struct Case {
    const char* text;
    bool is_fraction;
  };
  const Case c = GENERATE(values<Case>({
      {"double price;", true},
      {"int doubled; // never a double", false},
      {"/* a float\n   would be wrong */ int x;", false},
      {"say(\"a \\\" double\"); float y;", true},
      {"say(\"a double\");", false},
      {"auto sql = R\"sql(select \"double\")sql\";", false},
      {"auto sql = R\"(a \" quote)\"; double z;", true},
      {"int n = 1'000; char c = '\"'; double w;", true},
  }));
  CAPTURE(c.text);
  CHECK(!lines_with(binary_fraction, code_only(c.text)).empty() == c.is_fraction);
}

TEST_CASE("the outside world is recognised when it is asked", "[layers]") {
  struct Case {
    const char* text;
    bool asks;
  };
  const Case c = GENERATE(values<Case>({
      {"auto t = std::chrono::system_clock::now();", true},
      {"auto t = ports.now();", false},
      {"int r = rand();", true},
      {"auto b = operand(1);", false},
      {"time(nullptr);", true},
      {"std::random_device seed;", true},
      {"#include <thread>", true},
      {"#include <chrono>", false},
  }));
  CAPTURE(c.text);
  CHECK(!lines_with(outside_world, code_only(c.text)).empty() == c.asks);
}

TEST_CASE("shared code has no binary fractions, clock, randomness or threads", "[layers]") {
  const std::vector<SourceFile> files = source_files({"shared"});
  REQUIRE(files.size() > 20);
  for (const SourceFile& file : files) {
    const std::string code = code_only(file.text);
    check_absent(binary_fraction, file, code, "an amount, a rate or a weight is an integer or a fraction of integers");
    check_absent(outside_world, file, code, "time, chance and threads come in through a port");
  }
}

// Two classes of one name are one class to the linker, whichever it finds first: the wrong destructor runs.
TEST_CASE("a type's name is defined in one header of a namespace", "[layers]") {
  const std::regex opening(R"(^namespace ([\w:]+) \{)");
  const std::regex definition(R"(^(?:struct|class) (\w+)(?: final)?(?: : [^;]*)? \{)");
  std::map<std::string, std::string> defined;
  for (const SourceFile& file : source_files({"shared", "proxy", "web"})) {
    if (file.path.substr(file.path.size() - 4) != ".hpp") continue;
    std::string within;
    std::smatch found;
    for (const std::string& line : lines_of(code_only(file.text))) {
      if (std::regex_search(line, found, opening)) within = found[1];
      if (!std::regex_search(line, found, definition)) continue;
      const auto [known, is_new] = defined.emplace(within + "::" + found[1].str(), file.path);
      if (!is_new && known->second != file.path)
        FAIL_CHECK(known->first << " is defined in " << known->second << " and in " << file.path);
    }
  }
  CHECK(defined.size() > 300);
}

TEST_CASE("no file is unfinished, and each can be read in one sitting", "[layers]") {
  const std::vector<SourceFile> files = source_files({"shared", "web", "proxy", "tests"});
  REQUIRE(files.size() > 20);
  for (const SourceFile& file : files) {
    check_absent(unfinished, file, file.text, "what is left to do becomes an issue");
    const size_t lines = lines_of(file.text).size();
    if (lines > longest_file_lines) FAIL_CHECK(file.path << " has " << lines << " lines: it wants a second noun");
  }
}

}  // namespace sampan

// SPDX-License-Identifier: Apache-2.0
#include "features/imports/workbook.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"

namespace fokus::imports {
namespace {

constexpr std::size_t relations_max = 2'000;
constexpr std::size_t name_bytes_max = 200;

int whole(std::string_view text, int fallback = 0) {
  int value = fallback;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_true(std::string_view text) {
  return text == "1" || text == "true" || text == "on";
}

// What a part of the archive refers to: by id, the path and the last word of its kind.
struct Relation {
  std::string id, kind, path;
};

// "worksheets/sheet1.xml" as seen from xl/workbook.xml; "/xl/worksheets/sheet1.xml" from anywhere.
std::string resolved(std::string_view folder, std::string_view target) {
  std::string joined = target.starts_with('/') ? std::string(target) : std::string(folder);
  if (!target.starts_with('/')) (joined += '/') += target;
  std::vector<std::string> steps;
  for (const auto step : split(joined, '/')) {
    if (step == ".." && !steps.empty()) steps.pop_back();
    if (!step.empty() && step != "." && step != "..") steps.emplace_back(step);
  }
  return join(steps, "/");
}

std::string_view last_word(std::string_view text) {
  return text.substr(text.rfind('/') + 1);
}

class RelationListener : public XmlListener {
 public:
  explicit RelationListener(std::string_view folder) : folder_(folder) {}
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || found.size() >= relations_max) return;
    if (attributes.find("TargetMode") == "External") return;
    found.push_back({std::string(attributes.find("Id")),
                     std::string(last_word(attributes.find("Type"))),
                     resolved(folder_, attributes.find("Target"))});
  }
  void end(std::string_view) override {}
  std::vector<Relation> found;

 private:
  std::string folder_;
};

class WorkbookListener : public XmlListener {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr" && is_true(attributes.find("date1904")))
      day_count = DayCount::from_1904;
    if (name != "sheet" || sheets.size() >= limits::sheets_max) return;
    const auto state = attributes.find("state");
    sheets.push_back({std::string(cut_utf8(attributes.find("name"), name_bytes_max)),
                      std::string(attributes.find("id")),
                      state == "hidden" || state == "veryHidden"});
  }
  void end(std::string_view) override {}
  DayCount day_count = DayCount::from_1900;
  std::vector<SheetPart> sheets;  // their path is the id of a relation still
};

class StyleListener : public XmlListener {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "cellXfs") is_inside_ = true;
    if (name != "numFmt" && name != "xf") return;
    const int id = whole(attributes.find("numFmtId"));
    if (name == "numFmt" && own_.size() < limits::cell_formats_max)
      own_[id] = parse_number_format(attributes.find("formatCode"));
    if (name != "xf" || !is_inside_ || formats.size() >= limits::cell_formats_max) return;
    const auto own = own_.find(id);
    formats.push_back(own != own_.end() ? own->second : known_number_format(id));
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") is_inside_ = false;
  }
  std::vector<NumberFormat> formats;

 private:
  std::map<int, NumberFormat> own_;
  bool is_inside_ = false;
};

// <si><t>…</t></si>, or runs of differently written text; what is spoken (rPh) is not the text.
class StringListener : public XmlListener {
 public:
  explicit StringListener(SharedStrings& strings) : strings_(strings) {}
  void start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") text_.clear();
    if (name == "rPh") ++spoken_;
    is_text_ = name == "t" && spoken_ == 0;
  }
  void end(std::string_view name) override {
    is_text_ = false;
    if (name == "rPh") --spoken_;
    if (name == "si") is_full_ |= !strings_.add(without_escapes(text_));
  }
  void text(std::string_view piece) override {
    if (is_text_ && text_.size() <= limits::shared_bytes_max) text_ += piece;
  }
  bool wants_more() const override { return !is_full_; }

 private:
  SharedStrings& strings_;
  std::string text_;
  int spoken_ = 0;
  bool is_text_ = false, is_full_ = false;
};

Status read_part(ZipParts& parts, std::string_view path, XmlListener& listener) {
  const auto reader = parts.part(path);
  if (!reader) return make_error(ErrorKind::invalid, "imports/damaged_file");
  switch (read_xml(reader, listener)) {
    case XmlEnd::whole:
      return {};
    case XmlEnd::left_early:
      return make_error(ErrorKind::too_large, "imports/too_large");
    case XmlEnd::unread:
      return parts.problem();
    case XmlEnd::refused:
      break;
  }
  return make_error(ErrorKind::invalid, "imports/damaged_file");
}

std::string relations_path(std::string_view part) {
  const auto slash = part.rfind('/');
  const auto folder = slash == part.npos ? std::string() : std::string(part.substr(0, slash + 1));
  return folder + "_rels/" + std::string(last_word(part)) + ".rels";
}

Result<std::vector<Relation>> relations_of(ZipParts& parts, std::string_view part) {
  const auto slash = part.rfind('/');
  RelationListener listener(slash == part.npos ? "" : part.substr(0, slash));
  TRY(read_part(parts, relations_path(part), listener));
  return std::move(listener.found);
}

// Where the workbook itself is; empty in an archive of another kind.
std::string workbook_path(ZipParts& parts) {
  if (const auto root = relations_of(parts, ""); root.ok())
    for (const auto& one : *root)
      if (one.kind == "officeDocument" && one.path.ends_with(".xml") &&
          one.path.find("workbook") != one.path.npos)
        return one.path;
  return parts.part("xl/workbook.xml") ? "xl/workbook.xml" : "";
}

}  // namespace

bool SharedStrings::add(std::string_view text) {
  if (ends_.size() >= limits::shared_strings_max ||
      text_.size() + text.size() > limits::shared_bytes_max)
    return false;
  text_ += text;
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  return true;
}

std::string_view SharedStrings::at(std::size_t index) const {
  if (index >= ends_.size()) return {};
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(text_).substr(begin, ends_[index] - begin);
}

const SheetPart* Workbook::find(std::string_view name) const {
  const auto found =
      std::find_if(sheets.begin(), sheets.end(), [&](const auto& one) { return one.name == name; });
  return found == sheets.end() ? nullptr : &*found;
}

bool is_workbook(ZipParts& parts) {
  return !workbook_path(parts).empty();
}

Result<Workbook> read_workbook(ZipParts& parts) {
  const auto path = workbook_path(parts);
  WorkbookListener listener;
  TRY(read_part(parts, path, listener));
  Workbook book;
  book.day_count = listener.day_count;
  for (const auto& relation : TRY(relations_of(parts, path))) {
    // A workbook without texts or styles need not have the parts for them.
    if (relation.kind == "sharedStrings" && book.strings.count() == 0) {
      StringListener strings(book.strings);
      TRY(read_part(parts, relation.path, strings));
    }
    if (relation.kind == "styles" && book.formats.empty()) {
      StyleListener styles;
      TRY(read_part(parts, relation.path, styles));
      book.formats = std::move(styles.formats);
    }
    // Sheets of another kind hold charts, dialogs or macros.
    if (relation.kind != "worksheet") continue;
    for (auto& sheet : listener.sheets)
      if (sheet.path == relation.id) sheet.path = relation.path;
  }
  for (auto& sheet : listener.sheets)
    if (sheet.path.find('/') != sheet.path.npos || sheet.path.ends_with(".xml"))
      book.sheets.push_back(std::move(sheet));
  return book;
}

std::string without_escapes(std::string_view text) {
  constexpr std::size_t length = 7;  // _xHHHH_
  std::string out;
  for (std::size_t at = 0;;) {
    const auto found = text.find("_x", at);
    out += text.substr(at, found - at);
    if (found == text.npos) return out;
    int sign = 0;
    const auto digits = text.substr(found + 2, 4);
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), sign, 16);
    const bool is_escape = found + length <= text.size() && text[found + length - 1] == '_' &&
                           end.ec == std::errc{} && end.ptr == digits.data() + digits.size();
    // Control signs say nothing in a cell; those of other letters are never written so.
    if (is_escape && (sign == '\t' || sign == '\n' || sign == '_')) out += static_cast<char>(sign);
    const bool goes = is_escape && (sign < 0x20 || sign == '_');
    if (!goes) out += text.substr(found, 2);
    at = found + (goes ? length : 2);
  }
}

}  // namespace fokus::imports

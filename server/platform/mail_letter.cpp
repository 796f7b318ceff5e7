// SPDX-License-Identifier: Apache-2.0
// A letter as MIME, made by GMime.
#include <gmime/gmime.h>

#include <algorithm>
#include <mutex>

#include "base/text.hpp"
#include "platform/mail_out.hpp"

namespace fokus::mail {
namespace {

struct Free {
  void operator()(gpointer object) const { g_object_unref(object); }
  void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
  void operator()(GDateTime* at) const { g_date_time_unref(at); }
  void operator()(char* text) const { g_free(text); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

void prepare() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

// One line, without what could begin another header.
std::string one_line(std::string_view text, std::size_t max) {
  if (!is_clean_utf8(text)) return {};
  std::string out(cut_utf8(text, max));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return std::string(trim(out));
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool is_url(std::string_view text) {
  return (text.starts_with("https://") || text.starts_with("http://")) && is_printable(text) &&
         text.find_first_of("<>\"") == text.npos;
}

Owned<GMimePart> make_part(const char* type, const char* subtype, std::string_view bytes,
                           GMimeContentEncoding encoding) {
  Owned<GMimePart> part(g_mime_part_new_with_type(type, subtype));
  Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  Owned<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part.get(), content.get());
  g_mime_part_set_content_encoding(part.get(), encoding);
  return part;
}

Owned<GMimePart> make_text(const char* subtype, std::string_view text) {
  auto part = make_part("text", subtype, text, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
  return part;
}

void add(const Owned<GMimeMultipart>& whole, gpointer part) {
  g_mime_multipart_add(whole.get(), GMIME_OBJECT(part));
}

Owned<GMimeMultipart> make_body(const Letter& letter) {
  Owned<GMimeMultipart> whole(g_mime_multipart_new_with_subtype("mixed"));
  const auto text = make_text("plain", letter.text);
  if (letter.html.empty()) {
    add(whole, text.get());
  } else {
    const Owned<GMimeMultipart> forms(g_mime_multipart_new_with_subtype("alternative"));
    add(forms, text.get());
    add(forms, make_text("html", letter.html).get());
    add(whole, forms.get());
  }
  for (const auto& one : letter.attachments) {
    const auto slash = std::min(one.type.find('/'), one.type.size());
    const std::string type = one.type.substr(0, slash);
    const std::string subtype = slash < one.type.size() ? one.type.substr(slash + 1) : "";
    const auto part =
        make_part(type.c_str(), subtype.c_str(), one.bytes, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_object_set_disposition(GMIME_OBJECT(part.get()), GMIME_DISPOSITION_ATTACHMENT);
    g_mime_part_set_filename(part.get(), one_line(one.name, limits::name_max).c_str());
    add(whole, part.get());
  }
  return whole;
}

void set_header(GMimeMessage* message, const char* name, const std::string& value) {
  g_mime_object_set_header(GMIME_OBJECT(message), name, value.c_str(), nullptr);
}

void set_head(GMimeMessage* message, const Letter& letter) {
  const auto mailbox = [&](GMimeAddressType kind, const Address& who) {
    const auto name = one_line(who.name, limits::name_max);
    g_mime_message_add_mailbox(message, kind, name.empty() ? nullptr : name.c_str(),
                               who.address.c_str());
  };
  mailbox(GMIME_ADDRESS_TYPE_FROM, letter.from);
  mailbox(GMIME_ADDRESS_TYPE_TO, letter.to);
  const auto subject = one_line(letter.subject, limits::subject_max);
  g_mime_message_set_subject(message, subject.c_str(), "utf-8");
  const Owned<GDateTime> at(g_date_time_new_from_unix_utc(letter.at.ms / ms_per_second));
  if (at) g_mime_message_set_date(message, at.get());
  g_mime_message_set_message_id(message, letter.message_id.c_str());
  // No out-of-office answers to what nobody wrote.
  set_header(message, "Auto-Submitted", "auto-generated");
  if (!letter.language.empty()) set_header(message, "Content-Language", letter.language);
  if (!letter.unsubscribe.empty())
    set_header(message, "List-Unsubscribe", "<" + letter.unsubscribe + ">");
}

// Whatever the library leaves: SMTP knows no other end of a line.
std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 40);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
    out += text[i];
  }
  return out;
}

Error bad(const char* field) {
  return field_error("mail/bad_address", field, "not_an_address");
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  return !text.empty() && text.size() <= limits::address_max && is_printable(text) && at > 0 &&
         at != text.npos && at + 1 < text.size() && text.find('@', at + 1) == text.npos &&
         text.find_first_of("<>()[]\\,;:\"") == text.npos;
}

Result<std::string> compose(const Letter& letter) {
  if (!is_mail_address(letter.from.address)) return bad("from");
  if (!is_mail_address(letter.to.address)) return bad("to");
  if (!is_mail_address(letter.message_id)) return bad("message_id");
  if (!letter.unsubscribe.empty() && !is_url(letter.unsubscribe)) return bad("unsubscribe");
  if (!is_printable(letter.language)) return bad("language");
  prepare();
  const Owned<GMimeMessage> message(g_mime_message_new(TRUE));
  set_head(message.get(), letter);
  const auto body = make_body(letter);
  g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(body.get()));
  const Owned<GMimeFormatOptions> options(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
  const Owned<char> text(g_mime_object_to_string(GMIME_OBJECT(message.get()), options.get()));
  std::string out = with_crlf(text ? std::string_view(text.get()) : std::string_view());
  if (out.empty() || out.size() > limits::letter_bytes_max)
    return make_error(ErrorKind::too_large, "mail/too_large");
  return out;
}

}  // namespace fokus::mail

"""The words of signatures: labels, posts, notes, and the words that show a line to be text.

Written from what Party sites print; the lines they were written for are in tests/test_bylines.py.
"""

import re
from typing import Final

# What an author signs by its genre: "Ghi chép của Hồ Nguyên", "Thơ: Lò Văn Hoa".
GENRE: Final = r"(?:phóng\s+sự|ghi\s+(?:chép|nhanh)|bút\s+ký|ký\s+sự|tùy\s+bút|tản\s+văn|thơ|truyện\s+ngắn)"
# Who wrote a song: "Nhạc và lời: Văn Tài", "Nhạc: Văn Tài - Lời: Thu Hà".
SONG_WORD: Final = r"(?:nhạc\s+và\s+lời|lời(?:\s+thơ)?|thơ)"
SONG: Final = re.compile(SONG_WORD, re.IGNORECASE)
TEXT_WORD: Final = (
    rf"(?:tin\s+bài|bài\s+viết|bài|tin|nội\s+dung|thực\s+hiện|{SONG_WORD}|{GENRE}|văn\s+bản|text"
    r"|bài\s+dự\s+thi)"
)
PHOTO_WORD: Final = (
    r"(?:(?:hình\s+)?ảnh(?:\s+minh\s+h[oọ][aạ]|\s+bìa|\s+tư\s+liệu)?|hình|video(?:\s+clip)?|clip"
    r"|đồ\s*h[oọ][aạ]|infographics?|photos?|minh\s+họa|thiết\s+kế"
    r"|trình\s+bày|quay\s+phim|âm\s+thanh|kỹ\s+thuật|dựng|media|podcast)"
)
AND: Final = r"\s*(?:,|;|&|\+|/|_|\.|-|–|\bvà\b|\s)\s*"
WORK: Final = rf"(?:{TEXT_WORD}|{PHOTO_WORD})(?:{AND}(?:{TEXT_WORD}|{PHOTO_WORD})){{0,3}}"
AUTHOR: Final = (
    r"(?:(?:nhóm\s+)?(?:đồng\s+)?tác\s+giả(?:\s+(?:bài(?:\s+viết)?|tin))?|người\s+(?:viết(?:\s+bài)?"
    r"|thực\s+hiện|đưa\s+tin|gửi(?:\s+bài)?|đăng|dịch)|chuyển\s+ngữ"
    r"|(?:nhóm\s+)?(?:PV|P\.V|phóng\s+viên|CTV|cộng\s+tác\s+viên)|viết\s+bởi|đăng\s+bởi|(?:posted\s+"
    r"|written\s+)?by|author|biên\s+soạn|tổng\s+hợp"
    r"|sưu\s+tầm(?:\s+(?:và|,|&)\s+(?:giới\s+thiệu|biên\s+soạn|tổng\s+hợp))?|lược\s+ghi|lược\s+thuật"
    r"|t/h|biên\s+dịch|dịch|đưa\s+tin|bút\s+danh|họ\s+(?:và\s+)?tên\s+tác\s+giả)"
)
EDITOR: Final = (
    r"(?:biên\s+tập(?:\s+viên)?|BTV|người\s+biên\s+tập|hiệu\s+đính|duyệt(?:\s+bài)?|người\s+duyệt"
    r"|chịu\s+trách\s+nhiệm(?:\s+\w+){0,4})"
)
SOURCE: Final = (
    r"(?:nguồn(?:\s+(?:tin|bài(?:\s+viết)?|trích(?:\s+dẫn)?|tham\s+khảo|dẫn))?|(?:trích\s+|dẫn\s+)?nguồn"
    r"|trích|theo(?:\s+nguồn(?:\s+tin)?)?|xuất\s+xứ|source)"
)
PHOTO_SOURCE: Final = r"(?:nguồn\s+(?:ảnh|hình|video)|ảnh\s+nguồn)"
LABEL: Final = re.compile(
    rf"(?<!\w)(?:(?P<photo_source>{PHOTO_SOURCE})|(?P<source>{SOURCE})|(?P<editor>{EDITOR})"
    rf"|(?P<author>{AUTHOR})|(?P<work>{WORK})|(?P<music>nhạc))"
    r"\s*(?:\([^()]{1,20}\)\s*)?:+\s*",
    re.IGNORECASE,
)
TEXT_IN_WORK: Final = re.compile(TEXT_WORD, re.IGNORECASE)
# Labels so plain that sites leave out the colon: "Tác giả Nguyễn Văn A", "Tin và ảnh Minh Hải".
NO_COLON: Final = re.compile(
    rf"(?:(?P<author>tác\s+giả(?:\s+bài\s+viết)?|người\s+viết|sưu\s+tầm|biên\s+soạn|thực\s+hiện|{GENRE}\s+của)"
    rf"|(?P<work>(?:tin|bài)(?:\s*(?:,|và|&|-|–|/|\+)\s*|\s+)(?:bài"
    rf"|ảnh)(?:{AND}ảnh)?))\s*[-–.]?\s+(?=[A-ZĐÀ-Ỹ])",
    re.IGNORECASE,
)
# Who put the text on line; believed an author only where no one else signs.
POSTER: Final = re.compile(r"người\s+(?:đăng|gửi)|đăng\s+bởi|posted", re.IGNORECASE)
TRAILING_DAY: Final = re.compile(
    r"[\s,;(\-–]+(?:ngày\s*|số\s*)?\d{1,2}\s?[/.\-]\s?\d{1,2}(?:\s?[/.\-]\s?\d{4})?\)?$",
    re.IGNORECASE,
)
THEO: Final = re.compile(
    r"(?:theo|nguồn|trích(?:\s+từ)?|dẫn\s+theo|(?:TH|lược\s+trích)\s+(?:từ|theo)|tổng\s+hợp\s+(?:từ|theo)"
    r"|\(?\s*theo)\s+(?=\S)",
    re.IGNORECASE,
)
# What follows "Theo" in a sentence rather than in a signature.
THEO_TEXT: Final = re.compile(
    r"(?:đó|kế hoạch|nghị|chỉ thị|quyết|luật|hiến|bác|đồng chí|đ/c|ông|bà|chương|báo cáo|thống kê|số liệu"
    r"|đánh giá|quy|hướng|kết|thông (?:báo|tư)"
    r"|dự|chủ tịch|bí thư|phó|trưởng|tinh thần|lời|tôi|quan điểm|tư tưởng|đề|nội dung|điều|gương|chân|dõi"
    r"|công văn|yêu cầu|văn(?! phòng))\b",
    re.IGNORECASE,
)
ROLE: Final = re.compile(
    r"(?:(?:Nguyên|Quyền|Q\.)\s+)?(?:Phó(?=\s(?:Trưởng|Bí|Chủ|Giám|Chánh|Tổng|Ban|Phòng|Hiệu|Viện|Vụ|Cục"
    r"|GĐ|CT|BT|TP|Văn))|Trưởng|TP\.|PTP|Bí thư|Chủ (?:tịch|nhiệm|biên)|Giám đốc|GĐ|Hiệu (?:trưởng|phó)"
    r"|Chuyên viên|CV|Giảng viên|Giáo viên|GV|Cán bộ|CB"
    r"|(?:(?:Tỉnh|Huyện|Thành|Thị|Quận|Đảng) )?[ỦU][yỷ] viên"
    r"|UVTV|UVBTV|UV|Chánh|Tổng (?:Biên|biên|thư|Thư|giám|Giám)|Thư k[ýí]|Nhân viên"
    r"|Phóng viên|PV|Cộng tác viên|CTV|Biên tập viên|BTV|Viện trưởng|Hội viên"
    r"|Đảng viên|Sinh viên|Học (?:viên|sinh)|Bác sĩ|Kỹ sư|Luật sư|Báo cáo viên|Tuyên truyền viên|Đại biểu"
    r"|Đội trưởng|Tổ trưởng|(?-i:CVP|PCVP|PVP|PGĐ|PBT|PCT|PTB|TBT|TUV|HUV|ĐUV|UVUBKT|HT|PHT|TTCM)"
    r"|Công chức|Viên chức|Kế toán|Thanh tra|Kiểm (?:tra|sát) viên)"
    r"(?!\w)",
    re.IGNORECASE,
)
# Verbs of reports and captions; a post or an office has none. "Ban chỉ đạo" and "Phòng tổ chức" are offices.
VERB: Final = re.compile(
    r"(?<!\w)(?:phát biểu|trao (?:giấy|quà|tặng|đổi|bằng|kỷ|huy|quyết)|chủ trì|tham dự|dự (?:hội|lễ|và)"
    r"|trình bày|khai mạc|bế mạc|kết luận (?:hội|tại)|chúc mừng|"
    r"tổ chức (?:hội|lễ(?! tang)|các|buổi|thành(?! ủy| uỷ))"
    r"|triển khai|quán triệt|thực hiện|đã|đang|sẽ|được|không|chúng|nhằm|để|cho|khi|tặng|thăm|đến|gặp|ký"
    r"|nêu|yêu cầu|đề nghị|nhấn mạnh|chụp|cùng (?:các|đại|đoàn)"
    r"|báo cáo (?:tại|kết)|kiểm tra (?:công|tại|tiến)|tại (?:hội|buổi|lễ|đại|kỳ|chương)|là|phải|cần|hãy"
    r"|góp phần|đẩy mạnh|nâng cao|tăng cường|tiếp tục|đổi mới|gắn với|phấn đấu|quyết tâm"
    r"|quang vinh|muôn năm|học tập và|lần thứ|năm \d{4}|nhiệm kỳ|giai đoạn|những|nhiều|mọi|bấm vào"
    r"|liên quan|ghi rõ|trích dẫn|phát hành lại|mới nhất|khác)(?!\w)",
    re.IGNORECASE,
)
SPLIT: Final = re.compile(r"\s*[,;]\s*|\s+[-–—|/+&]+\s+|(?<=\w)-\s+|\s+-(?=\w)|\s*[/|•]\s*|\s*[–—]\s*")
# These join words of one office too ("Truyền thông và Văn hóa"), so they part only what is no office.
JOINT: Final = re.compile(r"(?<=[a-zà-ỹ])\s*[&+]\s*|\s+và\s+(?:các\s+|nhóm\s+)?")
BRACKETED: Final = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*$")
# Signatures that name nobody: reporters, contributors, a compilation.
NAMELESS: Final = re.compile(
    r"(?:(?:nhóm\s+)?(?:PV|P\.\s?V\.?|P/V|PV-CTV|phóng viên|CTV|cộng tác viên"
    r"|tác giả)(?:\s*[-,–&/]\s*(?:CTV|PV|BTV|TTXVN))*|(?:tin\s+)?tổng hợp|T/?H|S\.?/?T|sưu tầm"
    r"|(?:tin|bài|ảnh)\s+(?:tổng hợp|sưu tầm))\.?",
    re.IGNORECASE,
)
# "Minh Hải tổng hợp": what was done, without brackets.
COMPILED: Final = re.compile(
    r"(?<=\w)[\s\-–,]*\s(?:tổng hợp|sưu tầm|biên soạn|lược ghi|thực hiện|giới thiệu|ghi|st|t/h|TH|"
    r"(?:lược |biên )?dịch)$",
)
NOTE: Final = re.compile(
    rf"(?:{WORK}|tổng hợp|t\.?/?h\.?|st|s/t|sưu tầm|biên soạn|biên tập|lược ghi|ghi|thực hiện"
    rf"|(?:lược |biên )?dịch"
    rf"|giới thiệu|tổng hợp và giới thiệu|sưu tầm và tổng hợp|sưu tầm, tổng hợp|"
    r"PV|CTV|ctv|pv|BT|trích|lược trích)\.?",
    re.IGNORECASE,
)
INITIALS: Final = re.compile(r"[A-ZĐƯƠÂÊÔ](?:\.?\s?[A-ZĐƯƠÂÊÔ]){1,2}\.?")
ADDRESSED: Final = re.compile(r"(?:đồng chí|đ/c|ông|bà)\s", re.IGNORECASE)
# An office named in a heading rather than signing: a list going on in small letters, quotes, a table's bar,
# words that no office bears, units of land ("Xã vùng cao vượt khó").
HEADING: Final = re.compile(
    r",\s*[a-zà-ỹ]|[“”\"|]|(?<!\w)(?:ở|với|trong|từ|về|ra|lên|vào|giúp|vì|trao|mở|sơ kết|tổng kết|ra mắt"
    r"|làm|chung tay"
    r"|vượt|thi đua|phối hợp|hưởng ứng|đón|khen thưởng|phát động|hỗ trợ|chào mừng|kỷ niệm|họp|ban hành"
    r"|bàn giao)(?!\w)"
    r"|^(?:Xã|Phường|Huyện|Tỉnh|Thị|Thành phố|Nhóm|Câu lạc bộ|Bản tin)\s(?!ủy|PV|phóng viên|tác giả)",
)
NOT_INITIALS: Final = frozenset(
    "TW TƯ CT QĐ NQ KL KH HD TB CV BC OK TP TX VN EU AI HN USA FAQ TOP RSS PDF DOC".split()
)
# A section of an office by its initials: KG-TH, ĐVKH-TH.
UNIT: Final = re.compile(r"[A-ZĐƯƠ]{2,}(?:[\-&][A-ZĐƯƠ]{2,})+")
LOGIN: Final = re.compile(
    r"(?:super)?admin\w*|quản trị.*|administrator|root|user\d*|test|webmaster|[a-z]+\d\w*|\S+@\S+|null|n/a"
    r"|khách",
    re.IGNORECASE,
)
SIGN_LABEL: Final = (
    r"(?:[Tt]ác giả|TÁC GIẢ|[Nn]guồn|NGUỒN|Tin|TIN|Bài|BÀI|Người viết|Thực hiện|Sưu tầm|Tổng hợp|PV|CTV"
    r"|Theo|THEO)"
)
NAME_WORDS: Final = r"[A-ZĐÀ-Ỹ]\w+(?:\s[A-ZĐÀ-Ỹ]\w*){1,3}"
END: Final = r"(?:[.!?…”\"/])"
# Pattern and the least score a signature in that place must have. A bracket after the sentence's end may hold
# a bare name; one inside the sentence must say Theo or Nguồn, for "(khóa XII)" and "(Lai Châu)" are text.
# Without a bracket a name must follow "./.", which ends Vietnamese official texts, or stand as a sentence of
# its own; two small letters before the full stop keep "TP. Hồ Chí Minh" and "ThS. Lê Hà" whole.
CLOSINGS: Final = (
    (re.compile(rf"{END}\s*(?P<sign>\([^()]{{2,120}}\))[\s./]*$"), 0.35),
    (
        re.compile(
            r"\S\s*(?P<sign>\(\s*(?:[Tt]heo|THEO|[Nn]guồn|NGUỒN|Tin|Bài|Tác giả"
            r"|Sưu tầm)[\s:,][^()]{2,120}\))[\s./]*$"
        ),
        0.7,
    ),
    (re.compile(r"\S\s*(?P<sign>\((?:TTXVN|TTX|VOV|VTV|BBT|PV|P\.V|BTG|CTV)[^()]{0,40}\))[\s./]*$"), 0.4),
    (
        re.compile(
            rf"{END}\s*(?P<sign>[-–—]?\s*{SIGN_LABEL}(?:\s*[,&]?\s*\w+){{0,3}}\s*:\s*(?:[^:.]{{2,80}}"
            rf"|https?://\S+|[\w.]+)\.?)$"
        ),
        0.7,
    ),
    (re.compile(r"\./\.\s*(?P<sign>[-–—]?\s*[A-ZĐÀ-Ỹ][^.:]{1,80}(?:\.\w+)*)$"), 0.4),
    (re.compile(r"(?:\w{2}|[”\"\d)])[.!…]\s+(?P<sign>(?:Theo|THEO)\s[^.:]{2,60}(?:\.\w{2,6})*\.?)$"), 0.7),
    (
        re.compile(
            rf"(?:[a-zà-ỹ]{{2}}|\w\s\d{{1,9}}|[”\")])[.!…]\s+(?P<sign>[-–—]?\s*(?:PV|P\.V|BBT|BTG|TTXVN"
            rf"|{NAME_WORDS}(?:\s[-–]\s{NAME_WORDS})?))$"
        ),
        0.6,
    ),
)  # fmt: skip
# "(ảnh: Thu Hà)" belongs to the caption it closes.
PICTURE_CREDIT: Final = re.compile(r"\(?\s*(?:hình\s+)?ảnh", re.IGNORECASE)

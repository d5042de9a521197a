"""The printed lines that open, close and interrupt an article on these sites.

They hold wherever they stand in the markup. Written as data, each group with the pages it was met on.
Matching is on the folded line (no marks, lower case), so `Huỷ`/`Hủy` and shouting capitals need no row of
their own. A landmark counts by where it stands: it must be (nearly) the whole of a short line, so that an
article about a photo library keeps its sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from archive.text import fold

MAX_LANDMARK_CHARS: Final = 120
"""Longer lines are prose. The longest landmark met is NukeViet's session warning, matched by its own rule."""


def _any(*lines: str) -> str:
    return "(?:" + "|".join(lines) + ")"


_TAIL = r"[\s:.…»>\-–|(\d)\]]*"
_NEWS = (
    r"(?:tin(?: tuc)?(?: bai)?|bai(?: viet| dang| bao)?|cac tin(?: bai| tuc)?|cac bai(?: viet| dang)?|"
    r"nhung tin(?: bai| tuc)?|nhung bai(?: viet)?|tin,? bai|chuyen muc|noi dung|video|clip|anh|su kien)"
)

# Lists of other articles. NukeViet: `Những tin mới hơn`, `Những tin cũ hơn`, `Theo dòng sự kiện`;
# SharePoint and slug-id: `Các tin khác`; VNPT: `Tin khác`; xaydungdang: `Bài cùng chuyên mục`; the rest
# from other Party sites.
_RELATED = [
    (
        rf"{_NEWS} (?:khac|cung loai|cung chuyen muc|cung chu de|cung nhom|cung su kien|lien quan|moi "
        rf"hon|cu hon|moi nhat|moi dang|moi|cu|da dua|da dang|noi bat|tieu diem|truoc do|tiep theo|xem "
        rf"nhieu|doc nhieu|duoc quan tam|duoc xem nhieu(?: nhat)?|xem nhieu nhat|doc nhieu nhat|trong "
        rf"ngay|trong tuan|cung tac gia|gan day|hot|quan tam|de xuat|goi y)(?: nhat)?"
    ),
    r"(?:cung )?(?:chuyen muc|chu de|su kien)(?: lien quan| khac)?",
    r"cung (?:chuyen muc|chu de|tac gia|danh muc|nhom)",
    r"(?:bai|tin)(?: viet)? (?:truoc|sau|ke tiep|tiep|ke truoc)",
    r"theo dong su kien",
    r"(?:co the )?ban (?:co the )?(?:se )?(?:quan tam|thich|nen doc|chua doc)",
    r"co the ban (?:se )?(?:quan tam|thich)",
    r"(?:co )?lien quan",
    r"(?:xem|doc|tim hieu) (?:them|tiep|nhieu(?: nhat)?)(?: tin| bai| ve| cac| o| tai)?(?: .{0,40})?",
    r"(?:duoc )?(?:xem|doc) nhieu(?: nhat)?",
    r"(?:moi|noi bat)(?: nhat| cap nhat)?",
    r"(?:tin|bai) lien quan.{0,30}",
    r"cac (?:tin|bai)(?: \w+){0,2} khac|(?:chum|phong su) anh khac",
    (
        r"tin (?:nen doc|hay|hot|nong|moi cap nhat)|(?:nen|dung) (?:doc|bo lo)|(?:doc|xem) ngay.{0,30}|"
        r"dung bo lo.{0,30}"
    ),
    r"(?:tin|bai) (?:da )?(?:dang )?truoc(?: do)?",
    r"related (?:posts?|articles?|news)",
    r"(?:infographics?|e-?magazines?|mega ?story|podcast|longform|album) khac",
    r"dieu huong bai viet",
    r"van ban (?:moi|moi nhat|moi ban hanh|lien quan|chi dao dieu hanh)",
    r"(?:cac )?van ban cung (?:the loai|linh vuc|loai|co quan)(?: ban hanh)?",
    r"(?:thu vien|kho) (?:anh|hinh anh|video|media|van ban|tai lieu).{0,20}",
    r"(?:video|audio|anh|hinh anh)(?: clips?| noi bat| moi| hoat dong)?",
    r"(?:phong su|chuyen) anh",
    r"media|infographics?|podcast|multimedia|e-?magazine",
    r"(?:so|tap chi so|bao so) moi(?: nhat)?",
    r"gioi thieu tap chi in|tra cuu tap chi.{0,30}|bao in|an pham.{0,20}",
    r"danh muc|chuyen de|menu(?: chinh)?|tieu diem|thong bao|lich cong tac|lich lam viec",
    r"tin (?:trong tinh|trong nuoc|quoc te|dia phuong|tuc su kien)",
    rf"{_NEWS} (?:cung (?:muc|so)|pho bien|doc them|da dua (?:truoc|ngay))(?: nhat)?",
    r"(?:cac |nhung )?(?:(?:ban tin|bai dang) (?:khac|pho bien)|muc lien quan(?: \(theo (?:nhan|the)\))?)",
    r"cac (?:tin|thong bao|ban tin) truoc(?: do)?|co the ban muon doc|bai viet trong thang",
    r"nhieu hon trong (?:danh muc|chuyen muc|muc) nay.{0,80}",  # Joomla's K2
]

# Readers' words. xaydungdang: `Ý KIẾN BẠN ĐỌC VỀ BÀI VIẾT NÀY`; tuyengiao.vn: `Phản hồi`; NukeViet: `Ý
# kiến bạn đọc`; WordPress: `Để lại một bình luận`, `Trả lời`; others: `(0) Bình luận`, `Gửi bình luận của
# bạn`.
_COMMENTS = [
    r"y kien (?:ban doc|doc gia|cua ban|phan hoi|binh luan|dong gop|nguoi doc).{0,40}",
    (
        r"(?:gui|viet|them|nhap|moi ban gui|dang|de lai|hay gui) (?:y kien|binh luan|phan hoi|nhan xet|"
        r"cam nghi|mot binh luan|loi nhan|mot phan hoi|tra loi|cau hoi).{0,40}"
    ),
    (
        r"\(?\d* ?\)? ?(?:binh luan|phan hoi|nhan xet|comments?|y kien|thao luan|tra loi)(?: "
        r"\(?\d*\)?)?(?: (?:cua )?(?:ban doc|doc gia|facebook))?(?: \(?\d+\)?)?"
    ),
    r"(?:binh luan|phan hoi|nhan xet|thao luan) (?:ve )?bai viet.{0,20}",
    r"(?:binh luan|y kien|phan hoi) (?:moi nhat|gan day|noi bat)",
    r"(?:ban doc|doc gia|nguoi doc) (?:binh luan|phan hoi|nhan xet|gop y|viet)(?: \(?\d+\)?)?",
    r"leave a (?:reply|comment).{0,30}|post a comment|add comment|tra loi huy",
    r"no (?:comments?|responses?|replies)(?: yet)?|comments (?:off|are closed)(?: on .*)?",
    (
        r"ho (?:va )?ten\W*|ten (?:cua )?ban\W*|ma (?:bao ve|xac nhan|bao mat|kiem tra)\W*|noi dung "
        r"(?:binh luan|y kien)\W*"
    ),
    r"(?:ban )?(?:vui long|can|phai) (?:dang nhap|dang ky).{0,60}",
    r"email cua ban se khong duoc hien thi.{0,80}",
    r"(?:chua co|khong co|hien chua co) (?:binh luan|phan hoi|y kien|nhan xet).{0,40}",
    r"chua duoc dang nhap.{0,30}",
    (
        r"your email address will not be published.{0,60}|required fields.{0,40}|save my name.{0,110}|"
        r"luu ten cua toi.{0,110}|cac truong bat buoc.{0,40}"
    ),
    (
        r"(?:thich|like|hay)(?: ?\(?\d+\)?)?\W+(?:tra loi|phan hoi|reply).{0,40}|(?:tra loi|phan hoi|"
        r"reply)\W+(?:thich|like|bao xau|chia se).{0,30}|bao xau|bao cao vi pham"
    ),
    (
        r"(?:cac )?(?:binh luan|y kien)(?: \w+){0,2} (?:se duoc (?:kiem duyet|bien tap)|khong duoc vi pham|"
        r"thuoc ve nguoi gui|xin nhap bang).{0,70}"
    ),
    (
        r"(?:khong co|chua co) (?:loi binh|binh luan) nao.{0,50}|hay (?:la|tro thanh) nguoi dau tien "
        r"(?:binh luan|gui).{0,30}|(?:hay )?dang nhap de (?:gui |viet )?binh luan.{0,20}"
    ),
    r"nhap noi dung (?:phan hoi|binh luan|cau hoi)\W*|log in to post comments|gop y (?:cho|ve) bai viet",
    (
        r"chi thanh vien .{0,30}binh luan|binh luan (?:cua ban|moi)|y kien cua ban|"
        r"chia se cam nhan cua ban.{0,20}"
    ),
]

# Voting on the page. NukeViet prints all three under every article.
_RATING = [
    r"tong so diem cua bai viet.{0,60}",
    r"xep hang\W.{0,40}",
    (
        r"(?:click|nhap|bam|nhan|kich)(?: chuot)? (?:vao )?(?:de |day de |cac sao de )?(?:danh gia|binh "
        r"chon|xep hang).{0,30}"
    ),
    r"cham diem(?: (?:bai viet|tin|bai))?\s*[:☆★(].{0,40}",
    r"danh gia(?: (?:bai viet|muc|tin|noi dung|cua ban|bai bao))?(?: nay)?\W*(?:\(?\d[\d.,/ ]*.{0,20})?",
    (
        r"(?:binh chon|cham diem|muc do hai long)(?: (?:bai viet|tin|cho bai viet|cua ban|cua ban "
        r"doc))*(?: nay)?|ban thay bai viet.{0,30}"
    ),
    r"(?:hay )?(?:danh gia|binh chon) (?:cho )?(?:bai viet|tin bai).{0,30}",
    r"\d+(?:[.,]\d+)? ?/ ?\d+ ?\(?\d* ?(?:danh gia|phieu|binh chon|votes?)\)?",
    r"\(?\d+ (?:phieu(?: bau)?|danh gia|binh chon|votes?)\)?.{0,20}",
    r"\d* ?da tang|(?:luot )?thich(?: \d+)?|\d+ (?:luot )?thich",
    (
        r"ban (?:danh gia|thay|cham)(?: (?:nhu )?the nao)?(?: ve)? (?:bai|tin)(?: viet)? nay.{0,40}|"
        r"hay cho diem bai viet.{0,10}"
    ),
    (
        r"ban co hai long (?:voi|ve) (?:bai viet|noi dung|thong tin|trang|giao dien).{0,30}|"
        r"hai long (?:voi|ve) (?:bai viet|trang|giao dien)(?: nay)?\??|"
        r"(?:bai viet|noi dung|tin)(?: nay)? (?:co )?huu ich (?:voi|cho) "
        r"(?:ban|dong chi).{0,10}"
    ),
    r"(?:ban )?(?:da khong|chua co|chua duoc) danh gia(?: nao)?(?:\W+hay chon.{0,20})?|ban chua danh gia",
    r"diem trung binh\W*\d[\d.,]*\s*(?:/\s*\d+|\(\d+ (?:phieu|danh gia|binh chon).{0,10}\)|sao).{0,10}",
    r"hay (?:la|tro thanh) nguoi dau tien danh gia.{0,30}|(?:trung binh|binh quan) \(\d+ binh chon\)",
    r"(?:\d+ )?nguoi (?:da tang|thich (?:noi dung|bai viet) nay)",
]

_TAGS = [
    # WordPress, which leaves its themes' English as it is or has it translated word by word.
    r"(?:categorized|filed|tagged)(?: (?:as|under|in))?\b.{0,60}",
    r"(?:duoc|da) phan loai (?:la|vao|trong).{0,60}",
    r"(?:tu khoa|tags?|the|nhan|chu de|keywords?)(?: (?:tim kiem|bai viet|lien quan))? ?:.{0,110}",
    r"(?:tu khoa|tags?|the tag|keywords?)",
    r"(?:tags?|tu khoa) \w.{0,100}|(?:duoc )?gan the(?: duoi| voi)?.{0,60}",
]

_SHARE = [
    r"(?:ket noi|theo doi) (?:voi )?chung toi(?: (?:tren|qua|tai) .{0,30})?",
    (
        r"(?:chia se|share|chia xe)(?: (?:bai viet|tin|link|len|qua|voi|tren|bai|nay|facebook|zalo|mang "
        r"xa hoi|this|bai nay|:)\W*)*"
    ),
    (
        r"(?:facebook|twitter|zalo|google ?\+?|linkedin|pinterest|tweet|email|print|in|gui|like|copy "
        r"link|sao chep(?: lien ket)?|messenger|telegram|x|instagram|youtube|tiktok|viber|whatsapp|gmail|"
        r"link|pdf)(?:[\s,|·•/]+(?:facebook|twitter|zalo|google ?\+?|linkedin|pinterest|tweet|email|"
        r"print|in|gui|like|copy link|sao chep|messenger|telegram|x|instagram|youtube|tiktok|viber|"
        r"whatsapp|gmail|link|chia se|share|pdf))*"
    ),
    (
        # Each word whole, so that no line can be read in many ways.
        r"(?>(?:facebook|zalo|twitter|messenger|youtube|tiktok|telegram|chia se|thich|in(?: bai| trang)?|"
        r"gui(?: email| bai)?|sao chep(?: lien ket| link)?|email|like|share|luu(?: bai)?|\d{1,5})"
        r"[\s|,·•/]*){2,9}+"
    ),
    r"chia se.{0,8}(?:facebook|zalo|twitter|messenger).{0,30}",
    r"(?:thich|chia se)(?:[\s|,/]+(?:thich|chia se|binh luan|(?:gui|in|luu)(?: bai)?(?: nay)?)(?!\w))+",
    r"(?:theo doi|follow) .{0,50}(?:facebook|zalo|google|youtube|tiktok).{0,30}",
    (
        r"(?:thich|theo doi) (?:fanpage|trang (?:web|tin|nay|facebook|cua chung toi|de nhan)|"
        r"kenh (?:youtube|zalo|tiktok|cua chung toi)).{0,40}"
    ),
]

# Controls printed around an article. Trạm Tấu: `In Đọc bài`; tapchicongsan: `Gửi bài này In bài này`; Yên
# Bái: `Xem cỡ chữ`.
_TOOLS = [
    r"quang cao .{3,70}",
    (
        r"(?:by|(?:viet |dang |gui )?boi|tac gia|nguoi (?:dang|gui)) ?:? "
        r"(?:admin\w*|super user|quan tri.{0,12}|webmaster)"
    ),
    r"(?:posted )?by|(?:viet |dang )?boi",  # before an account's name in an element of its own
    # A row of nothing but such words; each must end at a blank or bar, so that no line can be read in many
    # ways.
    (
        r"(?:\[?(?:in|gui|doc|luu|nghe|xem|ban|tai|bai|tin|trang|email|qua|viet|nay|cho|be|mail|ve|"
        r"google|noi)\]?(?:[\s|,/\-]+|$))+"
    ),
    r"(?:xem )?(?:co|kich thuoc|kieu|phong)(?: (?:co|kieu))? chu\W*.{0,30}",
    r"chu (?:to|nho|lon|vua)(?:[\s|,/]+(?:chu )?(?:to|nho|lon|vua))*",
    r"(?:[aA][\s+\-−]*){1,5}|(?:\(?a[+\-]?\)? ?)+",
    (
        r"(?:mac dinh|tang|giam|phong to|thu nho|lon|nho|tuong phan|do tuong phan|dan cach|man hinh|che "
        r"do ban dem)(?: (?:co )?chu)?(?:[\s|,/]+(?:mac dinh|tang|giam|phong to|thu nho|lon|nho|tuong "
        r"phan)(?: co chu)?)*"
    ),
    (
        r"(?:ban in|ban ghi|ve trang (?:chu|truoc)|tro (?:ve|lai)|quay (?:ve|lai)(?: trang truoc)?|len "
        r"dau trang|ve dau trang|quay len tren|dau trang|len tren|back to top|go top|top|down|close|dong|"
        r"ok)(?: (?:dau trang|trang truoc|trang chu))?"
    ),
    (
        r"in trang(?: nay)?|in noi dung|print(?: this)?(?: page)?|luu bai viet|gui bai viet(?: qua "
        r"email)?|gui (?:cho )?ban be|bao loi|luu tin|in tin"
    ),
    r"sao chep (?:lien ket|link|duong dan).{0,20}|da sao chep.{0,20}|copy(?: link)?",
    r"google(?: news)?|doc tren google news|theo doi (?:tren|chung toi).{0,40}",
    r"bai goc|xem bai goc|link goc.{0,60}",
    r"page content|noi dung trang|content ?:|null|leftcenterright\w*",
    r"(?:(?:nha|trinh) )?xuat ban (?:thong tin|noi dung)",  # Liferay's `Asset Publisher`
    (
        r"skip (?:to (?:main )?(?:content|navigation)|ribbon commands|navigation)|(?:nhay|bo qua|chuyen) "
        r"(?:den|toi|qua)?(?: phan)? ?(?:noi dung|dieu huong)(?: chinh)?|dieu huong|tim kiem(?: tin(?: "
        r"tuc)?| nang cao)?"
    ),
    (
        r"(?:ban|phien ban) (?:de in|in an|day du|di dong|may tinh|mobile)|xem (?:voi|o) (?:co chu|che "
        r"do).{0,20}|giao dien.{0,20}"
    ),
    r"ung ho tac gia.{0,30}",
    r"quet ma qr (?:de|va) (?:tai|cai|theo doi|ket noi).{0,40}",
    (
        r"(?:(?:moi (?:ban )?|vui long )?nhap|de lai) (?:dia chi )?(?:email|so dien thoai) (?:cua ban )?"
        r"de (?:nhan|duoc).{0,50}"
    ),
    r"an\s*/?\s*hien.{0,20}|mo rong|thu gon|xem tiep|chi tiet|read more|doc tiep",
]

_PLAYER = [
    r"(?:nghe|doc|bat|phat)(?: (?:audio|bai viet|tin|noi dung|bai|tin bai|giong doc|am thanh))+.{0,40}",
    r"(?:giong|toc do|am luong)(?: doc)?\W.{0,40}|(?:nu|nam) mien (?:bac|nam|trung).{0,40}",
    r"(?:your browser|trinh duyet (?:cua ban )?khong ho tro).{0,80}",
    r"\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d.{0,24}|phat lai|tua (?:lai|toi|nhanh)|\d{1,2}:\d\d(?: \d(?:[.,]\d+)?x)?",
    r"(?:audio|podcast|video)\W*\d{0,2}:?\d{0,2}|(?:\d(?:[.,]\d+)?x[\s|]*)+",
    r"trinh phat (?:video|audio|am thanh).{0,40}",
    r"nghe bai viet.{0,30}|nghe doc bai.{0,30}|play(?: audio)?|pause|speed.{0,20}",
]

_COUNTER = [
    (
        r"(?:(?:so )?(?:lan|luot)(?: (?:xem|doc|truy cap|view))?|da xem|luot xem bai|view(?:s| count)?|"
        r"hits?|xem|doc|so nguoi xem|luot truy cap)\W*:?\s*[\d.,kK ]+(?:lan|luot|nguoi)?(?: (?:xem|doc))?"
    ),
    r"[\d.,]+\s*k?\s*(?:luot|lan|nguoi)(?: (?:xem|doc|truy cap|da xem|thich|tai))*",
    r"[\d.,]+ (?:views?|hits?|reads?)",
    r"\d{1,3} ?/ ?\d{1,3}",
    r"(?:trang|pages?)\W*\d[\d\s.…|/«»<>-]*(?:trang)?|(?:newer|older) posts.{0,40}|(?:cu|moi) hon",
    r"(?:luot|lan|so luot) (?:xem|doc|tai)\W*\d*|\d+ phut doc",
    r"(?:views?|shares?|luot chia se)|\d+ ?[-–] ?\d+ (?:of|cua|trong) \d+\W*[\d\s.<>…]*",
    r"\d{1,7}(?:[ .,]\d{1,3}){0,3}",
]

# The foot of the site. Trà Vinh: `Trưởng Ban biên tập:`, `Ghi rõ nguồn "..." khi phát hành lại`, visitor
# counters; NukeViet: the session warning; the rest is what licensed Vietnamese sites must print.
_FOOTER = [
    (
        r"(?:truong|pho truong)?\s*ban bien tap ?:.{0,60}|truong ban bien tap.{0,60}|(?:truong|pho) ban "
        r"?:.{0,60}|bien tap ?:.{0,60}|(?:phu trach|quan tri)(?: noi dung| website| ky thuat)? ?:.{0,60}"
    ),
    r"(?:chiu trach nhiem|nguoi chiu trach nhiem)(?: chinh| noi dung| xuat ban| quan ly)*\W.{0,80}",
    r"(?:tong bien tap|pho tong bien tap|giam doc|thu ky toa soan)\W*:.{0,60}",
    r"giay phep (?:so|hoat dong|thiet lap|xuat ban|bao chi|cung cap|trang|icp|mxh|ttdt).{0,100}",
    (
        r"ban quyen (?:thuoc|cua|©|\(c\)|19|20|website|noi dung).{0,80}|copyright.{0,90}|©.{0,100}|\(c\) "
        r"?\d{4}.{0,80}"
    ),
    (
        r"(?:vui long )?ghi ro nguon.{0,110}|(?:de nghi )?ghi ro nguon.{0,110}|(?:moi )?(?:hinh thuc "
        r")?(?:sao chep|trich dan|phat hanh lai).{0,60}(?:nguon|dong y).{0,50}"
    ),
    r"(?:lien ket|link)(?: (?:website|web|trang|khac|nhanh|huu ich|he thong))+.{0,30}|lien ket|weblinks?",
    (
        r"(?:thong ke|luot|bo dem|so luot|tong|so nguoi)?(?: ?(?:luot|so))?(?: ?(?:truy cap|online|truy "
        r"nhap|khach))(?: (?:tong|hien tai|hom nay|trong ngay))?(?: website)?\W*(?:\d[\d.,]*.{0,20})?"
    ),
    # PHP-Nuke and Joomla: who is on line.
    (
        r"(?:hien (?:tai )?(?:dang )?co|co) [\d.,]+ (?:khach|nguoi|thanh vien)\b.{0,40}"
        r"(?:online|truc tuyen|truy cap|xem).{0,30}"
    ),
    r"(?:duoc )?(?:ho tro|cung cap|van hanh) (?:boi|by) .{0,40}",
    r"ban la khach (?:khong|chua) dang ky.{0,90}",
    (
        r"(?:dang (?:online|truy cap|xem|hoat dong)|(?:nguoi|khach)(?: dang)? (?:online|truy cap)|truc "
        r"tuyen|hom (?:nay|qua)|trong (?:ngay|tuan|thang)|tuan (?:nay|truoc)|thang (?:nay|hien tai|truoc)|"
        r"tat ca|tong (?:cong|luot|so)(?: truy cap)?|tong luot truy cap|nam nay)\s*:? ?[\d.,\s]+"
    ),
    r"chung nhan tin nhiem mang|tin nhiem mang",
    (
        r"(?:dang nhap|dang ky|dang xuat|quen mat khau|ten dang nhap|mat khau|tai "
        r"khoan)(?:[\s|/]+(?:dang nhap|dang ky|he thong|thanh vien|quan tri))*\W*"
    ),
    (
        r"(?:thiet ke|phat trien|xay dung|van hanh)(?: (?:va|,) (?:phat trien|xay dung|van hanh))? "
        r"(?:boi|by).{0,60}|.{0,20}powered by.{0,60}|(?:tu hao )?(?:duoc )?(?:van hanh|cung cap|thiet "
        r"ke) (?:boi|voi).{0,50}|designed? by.{0,60}"
    ),
    # Titles of boxes: with a verb after them they are headlines.
    (
        r"(?:thoi tiet|ty gia|gia vang|xo so|lich (?:am|van nien)|chung khoan)(?: (?:sjc|9999|ngoai te|"
        r"kien thiet|hom nay|cac vung|mien (?:bac|trung|nam)))*(?:\s*[:|\d(–-].{0,30})?"
    ),
    r"(?:tham do|trung cau|lay) y kien(?:\s*[:?|].{0,30})?|(?:binh chon|bieu quyet)|ket qua binh chon",
    (
        r"(?:trang (?:thong tin dien tu|chu)|website|cong thong tin dien tu) (?:cua )?(?:ban|tinh uy|"
        r"huyen uy|thanh uy|dang bo|tinh|huyen|dang uy).{0,90}"
    ),
    r"dang ky nhan (?:tin|ban tin|email).{0,40}|newsletter.{0,30}|nhan tin qua email.{0,20}",
    r"(?:co quan chu quan|don vi chu quan|cu quan quan ly|don vi quan ly)\W.{0,80}",
    r"ung dung.{0,10}(?:ios|android).{0,20}|tai ung dung.{0,30}|app store.{0,20}|google play.{0,20}",
    r"so do (?:site|trang|website|cong).{0,20}|rss(?: feed)?|lien he(?: quang cao| toa soan)?|sitemap",
    # A poll's question about the site itself, greetings, who is there, cookies, the system's own name.
    (
        r"ban (?:danh gia|thay|biet|doc|thuong (?:doc|truy cap|xem))(?: (?:the nao|ve|den|bao))* "
        r"(?:giao dien|website|trang (?:tin|web|thong tin|nay)|cong thong tin)\b.{0,50}\?|"
        r"ban .{0,20}chuyen muc nao.{0,30}\?|chuyen muc nao ban.{0,30}\?"
    ),
    (
        r"(?:nhiet liet )?(?:kinh )?chao (?:mung )?(?:ban|quy vi|quy khach|cac ban)\b.{0,20}(?:den voi|ghe "
        r"tham) (?:trang|website|cong).{0,70}|chao (?:mung )?ban\W+(?:khach|dang nhap).{0,40}"
    ),
    (
        r"ai dang (?:online|truc tuyen)|ban la (?:khach|nguoi)(?: truy cap)? thu\W*[\d.,]*|"
        r"(?:khach|nguoi dung) (?:truc tuyen|online|dang xem)(?:\W*\d.{0,20})?|ho tro truc tuyen"
    ),
    (
        r"chung toi (?:su )?dung cookies?\b.{0,80}|cookies? giup chung toi.{0,50}|"
        r"bang viec tiep tuc.{0,30}\bban (?:da )?dong y.{0,50}"
    ),
    r"luu tru (?:blog|theo thang)|archives?|(?:he thong quan tri noi dung|ma nguon) nukeviet.{0,10}",
]

# Notices longer than other landmarks: NukeViet's copyright line and its session warning.
_NOTICES = [
    r"(?:chu y|luu y|ghi chu)\W+viec (?:dang|su dung) lai (?:bai viet|noi dung|thong tin).*",
    (
        r".{0,40}(?:ghi ro nguon|trich dan nguon|khong (?:sao chep|duoc phat hanh "
        r"lai)).{0,200}(?:website|trang (?:tin|web|thong tin)|nguon|van ban).*"
    ),
]
# How to reach an office: in a site's foot, and in an announcement's text.
_CONTACT = [
    (
        r"(?:dia chi|dien thoai|tel|fax|email|e-mail|hotline|website|so dien thoai|hop thu|thu dien tu|"
        r"dt)\s*:.{0,110}"
    ),
]

# Over an advertisement, which stands between paragraphs as often as after them.
_ADVERTISEMENT = [
    r"(?:lien ket )?qua(?:ng)? cao|qc|advertisements?|ads|adv|sponsored",
    r"(?:(?:bai viet|noi dung|tin|thong tin) )?(?:duoc )?tai tro",
    r"(?:tin|thong tin|bai viet|noi dung) quang (?:cao|ba)",
]

_SESSION = r"ban da khong su dung site, bam vao day de duy tri trang thai dang nhap.*"

_CRUMBS = [
    r"(?:trang (?:chu|nhat)|home|tin tuc)\s*(?:[»>/|›\\:→\-].*|$)",
    r"ban (?:dang|hien dang) (?:o|xem|o day)\W.{0,100}",
    r"you are here.{0,100}",
    r"(?:parent )?category ?: ?.{2,60}",
]

_KINDS: Final = (
    ("counter", _COUNTER),
    ("comments", _COMMENTS),
    ("rating", _RATING),
    ("related", _RELATED),
    ("tools", _TOOLS),
    ("player", _PLAYER),
    ("share", _SHARE),
    ("tags", _TAGS),
    ("contact", _CONTACT),
    ("advertisement", _ADVERTISEMENT),
    ("footer", [*_FOOTER, _SESSION]),
    ("crumbs", _CRUMBS),
)
# One pattern, its groups named after the kinds: a line is of the first kind that fits the whole of it.
_KIND: Final = re.compile(_any(*(f"(?P<{kind}>{_any(*rules)})" for kind, rules in _KINDS)) + _TAIL)
_LONG_RULE: Final = re.compile(_any(_SESSION, *_NOTICES))
# Sentences that these sites do print about articles hold one of these.
_NOTICE_WORDS: Final = re.compile(
    r"ghi ro (?:day du )?nguon (?!goc)|ban quyen|giay phep|binh luan|dang nhap|ban doc|(?:bai viet|tin|"
    r"website|site|trang (?:web|tin|thong tin)) nay|facebook|zalo|google|copyright|©|trinh duyet|your "
    r"(?:email|browser)|required|save my name|fax\b|\btel\b|e-?mail|dien thoai|dia chi|phat hanh lai|su "
    r"dung lai|(?:xem|doc) them|ban bien tap|chu quan|chiu trach nhiem (?:chinh|noi dung|xuat ban|quan "
    r"ly|:)|luu ten cua toi|cac truong bat buoc|click|nhap chuot|cua ban\b|bien tap ?:|powered by"
)
_COPYRIGHT: Final = re.compile(r"^\W*©(?!\s*(?:ảnh|hình|photo))|©\s*(?:19|20)\d\d", re.IGNORECASE)
_LEADING: Final = re.compile(r"^[\W_]+", re.UNICODE)

CLOSERS: Final = frozenset({"related", "comments", "rating", "tags", "contact", "advertisement", "footer"})
"""Kinds that end an article when they stand after it."""
FINAL_CLOSERS: Final = frozenset({"comments", "contact", "footer"})
"""Kinds after which no article goes on."""
AFTERWORDS: Final = frozenset({"related", "comments", "contact", "advertisement", "footer"})
"""Kinds that begin what is no longer about the article: other articles, readers, the site itself."""


@lru_cache(maxsize=8192)
def landmark(line: str) -> str | None:
    """Return the kind of landmark a line is, or None when it is not one.

    >>> landmark("Các tin khác:"), landmark("Ý KIẾN BẠN ĐỌC VỀ BÀI VIẾT NÀY"), landmark("4829 lượt xem")
    ('related', 'comments', 'counter')
    >>> landmark("Thư viện ảnh của huyện lưu giữ hơn 2.000 bức ảnh tư liệu quý về phong trào thi đua.")
    """
    if len(line) > 400:
        return None
    if line.startswith("#") and line.count("#") * 60 >= len(line):
        return "tags"
    if _COPYRIGHT.search(line) and len(line) <= MAX_LANDMARK_CHARS:
        return "footer"
    folded = _LEADING.sub("", fold(line)).rstrip()
    if not folded:
        return "tools" if line else None
    if len(line) > MAX_LANDMARK_CHARS:
        return "footer" if _LONG_RULE.fullmatch(folded) else None
    if _is_sentence(line) and not _NOTICE_WORDS.search(folded):
        return None
    return _kind_of(folded) or _row_of_tools(folded)


def _is_sentence(line: str) -> bool:
    """`Xếp hạng 2 toàn tỉnh về cải cách hành chính.`: what an article says in a landmark's words."""
    return line.rstrip().endswith(".") and line.count(" ") >= 5


def _kind_of(folded: str) -> str | None:
    match = _KIND.fullmatch(folded)
    return match.lastgroup if match else None


def _row_of_tools(folded: str) -> str | None:
    """`Gửi cho bạn bè | In | Bình luận (0)`: a row whose every piece is a control."""
    pieces = [_LEADING.sub("", piece).strip() for piece in _BARS.split(folded)]
    pieces = [piece for piece in pieces if piece]
    return "tools" if len(pieces) > 1 and all(_kind_of(piece) in _ROW_KINDS for piece in pieces) else None


_BARS: Final = re.compile("[|·•]")
_ROW_KINDS: Final = frozenset({"tools", "share", "comments", "counter", "player", "rating", "footer"})

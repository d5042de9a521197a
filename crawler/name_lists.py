"""Names and words by which a person is told from an office, a newspaper or a place, in small letters.

Tones stand on the first vowel of open oa, oe, uy (`archive.text.place_tones`).
"""

from typing import Final


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


# Kinh and Hoa names first, then those of the northern peoples (Tày, Nùng, Thái, Mường, Mông, Dao, Hà Nhì,
# La Hủ, Lự, Giáy), of the Central Highlands and Trường Sơn (Ê Đê, Gia Rai, Ba Na, Cơ Ho, Cơ Tu, Ra Glai),
# of the Chăm and of the Khmer.
FAMILY_NAMES: Final = frozenset(
    """
    nguyễn trần lê lý phạm phan hoàng huỳnh vũ võ đặng bùi đỗ hồ ngô dương đào đinh lâm mai trịnh trương
    phùng cao lưu tô tạ thái tống triệu từ vương hà la lương lục mạc mã nghiêm ninh ông quách quản tăng
    thân thạch tiêu tôn trang trình ung uông văn vi viên bạch bế biện bồ cái cấn chu châu chử công cù
    cung cồ diệp doãn dư đàm đan đàng đậu điền đoàn đồng đổng đống đường giang giáp hạ hàn hán hạng hầu
    hình hoa hứa kha khổng khuất khương kiều kim kiên lã lạc lai lăng lều liêu liễu lỗ lộc luyện lữ mẫn
    mạnh mâu mẫu mộc môn nhan nhâm nhữ ngọ ngụy nhậm ôn phí phó phương quang quảng sầm sái sử tào tất tề
    thang thẩm thiều thịnh thời tiết tòng trác trà triều trưng trường ty vòng yên âu ân an ánh bành bằng
    bì phú thập tưởng mông nhạc chế danh sơn nông ma lò lô lường quàng cà vì cầm điêu đèo bạc lự tao
    lùng khoàng pờ lỳ mạ phà ky sình tếnh thò vù cháng chang sải ngải chéo giàng vàng thào sùng sồng hờ lầu
    cứ hảng tráng tẩn chảo phàn lù lèng vừ ly sần chẻo bàn chẩu mùa páo sìn thèn xồng xa lèo mè lừ quán
    mòng hù lìm vùi pồ sàn giềng khang cụt moong niê êban ayun mlô kbuôr byă hwing ktla kpă ksor rơ rah
    siu nay rcom r'com rmah rahlan romah rơchâm kpuih bríu zơrâm alăng pơloong blúp hôih bhling kon
    liêng cil lơ kơ dagout pang chamaléa katơr pinăng mấu maha nại ya rlung krông ro
    """.split()
)

# These close a name instead of opening it: Y Khút Niê.
CLAN_NAMES: Final = frozenset("niê êban mlô ayun byă kbuôr kđoh knul hwing".split())

# Syllables that end given names and pen names; a signature in capitals is believed only when it ends in one.
GIVEN: Final = frozenset(
    """
    an anh ánh ân bách bảo bắc bích bình ca cảnh cầm châu chi chiến chinh chung chính cúc cương cường
    dân diễm diệp diệu dung duy duyên dũng dương đan đào đại đạt đăng điệp định đoan đông đức gấm giang
    giao hà hạ hải hạnh hảo hằng hân hậu hiên hiền hiển hiếu hiệp hiệu hoa hoan hoài hoàn hoàng hòa hòe
    hồng hồ huân huấn huế huệ hùng huy huyên huyền huỳnh hưng hương hường hữu kha khang khánh khiêm khoa
    khôi khuê kiên kiều kim kỳ lam lan lâm lê lệ liên liễu linh loan long lộc lợi luân luyến lương lưu
    ly lý mai mạnh mận mẫn miên mi minh mơ my mỹ nam nga ngà ngân nghĩa nghi ngọc nguyên nguyệt nhã nhàn
    nhâm nhân nhật nhi nhiên như nhung oanh phát phi phong phú phúc phước phương phượng quang quân quế
    quốc quý quyên quyền quyết quỳnh sang sáng sinh sơn sương tài tân tâm tấn thái thanh thành thảo
    thạch thắm thắng thân thế thi thiên thiện thìn thịnh thoa thoại thoan thu thuận thư thương thúy thùy
    thủy thụy thức tiên tiến tiệp tín tính tĩnh toàn toản toán trang trà trâm trân tri triều triệu trinh
    trình trí trọng trung trúc trường tú tuân tuấn tuệ tùng tuyên tuyến tuyền tuyết tường uyên vân văn
    vi việt vinh vũ vượng vy xuân xuyến yên yến ý thông mừng nghị vấn tới tích lịch đoàn thơ nhài oánh
    phụng quảng tạo thuần thuyên tiêu tụ viên vĩnh xoan yêu
    """.split()
)

# Syllables of headings, menus and offices that stand in no one's name.
NOT_NAMES: Final = frozenset(
    """
    tin tức hệ giới phản nhất các viện ảnh phần mục nội quả nhiệm vụ giải pháp hướng đảng nước xã tế trị
    giáo dục đổi năm tháng ngày thứ tác bài đài sở ban ủy phòng huyện tỉnh khóa hỏi đáp nhập xem thêm
    quay lại gửi về của cho với những và là được không có để theo tại trên dưới này đó khi nơi cuối số
    tổng sưu tầm biên nguồn giả điều khoản quy chế cáo cách mạng đấu tranh triển xây dựng truyền học đề
    chuyên bạn đọc website video clip đã sẽ rất nhiều hơn trước sau trong ngoài chúng ta gì nào sao vì
    nên phải cần hãy đừng mời kính chào chống đua nhóm hoạt động khẩu gương bản trích đoạn lời nhận xét
    chia sẻ
    """.split()
)

# Each syllable of these is fit for a name; together they name no person.
NOT_PERSON: Final = _phrases(
    """
    hồ chí minh, bác hồ, việt nam, nhân dân, trang chủ, liên hệ, phản hồi, văn hóa, kinh tế, chính trị,
    đời sống, pháp luật, quốc tế, thể thao, giáo dục, y tế, công an, an ninh, quân sự, quốc phòng,
    đoàn thể, đoàn kết, đại hội, cảm ơn, trân trọng, thành công, kính thưa, thông báo, kế hoạch,
    báo cáo, nghị quyết, chỉ thị, kết luận, mục tiêu, giải pháp, thanh niên, phụ nữ, nông dân,
    công đoàn, cựu chiến binh, mặt trận, tư liệu, tài liệu, hình ảnh, minh họa, công nghệ, khoa học,
    môi trường, lao động, tiền phong, tuổi trẻ, dân trí, hà nội mới, đại đoàn kết, sài gòn giải phóng,
    quân đội nhân dân, hoàng sa, trường sa, công an nhân dân, người lao động, thời nay, hương sen việt,
    biên phòng, tin tức, đất việt, tổ quốc, văn nghệ, công thương, điện biên phủ, tây nguyên, tây bắc,
    đông bắc, nam bộ, biển đông, sài gòn, trung quốc, hoa kỳ, liên xô, hàn quốc, nhật bản, thái lan,
    cu ba, an toàn, tiếp theo, thời sự, văn kiện, tư tưởng, đạo đức, phong cách, cách mạng, khánh tiết,
    thi đua, quan điểm, thực trạng, nguyên nhân, bài học, tổ chức, nhân sự, cán bộ, dân vận, nội chính,
    kiểm tra, tuyên giáo, tin vắn, lãnh đạo, đối ngoại, thông tin, truyền thông, dân tộc, tôn giáo,
    sa pa, hoàng liên sơn, mùa xuân, mùa thu, mùa hè, mùa hạ, mùa đông, quê hương, đất nước, tình yêu,
    hòa bình, du lịch, nông thôn mới, chuyển đổi số, công tác tổ chức, công tác tuyên giáo, công tác dân vận,
    công tác kiểm tra, công tác cán bộ, công tác đảng, công tác nội chính, công tác văn phòng
    """
)

# The provinces before the mergers of July 2025, and large towns.
PLACES: Final = _phrases(
    """
    an giang, bà rịa - vũng tàu, vũng tàu, bắc giang, bắc kạn, bạc liêu, bắc ninh, bến tre, bình định,
    bình dương, bình phước, bình thuận, cà mau, cần thơ, cao bằng, đà nẵng, đắk lắk, đắk nông,
    điện biên, đồng nai, đồng tháp, gia lai, hà giang, hà nam, hà nội, hà tĩnh, hải dương, hải phòng,
    hậu giang, hòa bình, hưng yên, khánh hòa, kiên giang, kon tum, lai châu, lâm đồng, lạng sơn,
    lào cai, long an, nam định, nghệ an, ninh bình, ninh thuận, phú thọ, phú yên, quảng bình,
    quảng nam, quảng ngãi, quảng ninh, quảng trị, sóc trăng, sơn la, tây ninh, thái bình, thái nguyên,
    thanh hóa, thừa thiên huế, huế, tiền giang, trà vinh, tuyên quang, vĩnh long, vĩnh phúc, yên bái,
    đà lạt, nha trang, quy nhơn, vinh, hạ long, tp hồ chí minh
    """
)

# Offices that sign by initials: editorial board, propaganda (and mass mobilisation) board, Party office.
OFFICE_INITIALS: Final = frozenset(
    """
    BBT TG BTG BTGTU BTGHU BTGDV BTGTW BTC BTV BDV BNC UBKT VP VPTU VPHU VPĐU VPTW BCĐ MT HU TU TT TTX VOV
    VTV CTTĐT CAND QĐND SGGP TCCS XDĐ BCH
    """.split()
)

# Newspapers, agencies and web sites by their bare names, which may be plain words elsewhere.
OUTLETS: Final = _phrases(
    """
    nhân dân, tiền phong, thanh niên, tuổi trẻ, lao động, hà nội mới, hànộimới, đại đoàn kết,
    sài gòn giải phóng, quân đội nhân dân, công an nhân dân, người lao động, thời nay, dân trí,
    tân hoa xã, afp, reuters,
    vietnamnet, vnexpress, vietnam+, vietnamplus, vov, vtv, vtc, zing, znews, tin tức, internet,
    sưu tầm internet, facebook, wikipedia, kênh 14, pháp luật, văn nghệ, công thương, đảng cộng sản,
    chinhphu, xây dựng đảng, tuyên giáo, cộng sản, biên phòng, hải quân, dân vận,
    dân tộc và phát triển, nông nghiệp, kinh tế đô thị, đất việt, vnanet, baomoi, báo mới, chính phủ,
    quốc hội, đại biểu nhân dân, phụ nữ việt nam, giáo dục và thời đại, tổ quốc, thông tấn xã việt nam,
    hồ sơ sự kiện, lý luận chính trị, quốc phòng toàn dân, tntp, reuters, afp, tân hoa xã, sputnik
    """
)

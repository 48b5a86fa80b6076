"""What was tried: refusals, too few feathers, quizzes and paid articles."""

from lingyu.community.feathers.events import FeathersRefused, TooFewFeathers
from lingyu.community.quiz.events import AnsweredRight, AnsweredWrong
from lingyu.community.unlocks.events import ArticleUnlocked
from lingyu.kernel.metrics import Count, Derived, Distinct, Ratio, Sum, declare
from lingyu.kernel.text import N_

REFUSALS = declare(
    Count(
        name="feathers_refusals",
        zh="未发放次数",
        en="Attempts refused",
        good="down",
        event=FeathersRefused,
        about=N_(
            "Attempts to earn that brought nothing: a limit was reached, a condition was not met, or "
            "the rule was off. What a limit cut only in part was granted and does not count."
        ),
    )
)
REFUSED_MEMBERS = declare(
    Distinct(
        name="feathers_refused_members",
        zh="未获发放人数",
        en="Members refused",
        good="down",
        event=FeathersRefused,
        field="person",
        about=N_("Different members with at least one attempt to earn that brought nothing."),
    )
)
TOO_FEW = declare(
    Count(
        name="feathers_too_few",
        zh="羽毛不足次数",
        en="Times too few",
        good="neither",
        event=TooFewFeathers,
        about=N_("How often a member wanted to spend more feathers than there were: demand not yet earned."),
    )
)
MISSING = declare(
    Sum(
        name="feathers_missing",
        zh="缺少羽毛",
        en="Feathers missing",
        unit="count",
        good="neither",
        event=TooFewFeathers,
        field="feathers",
        about=N_("How many feathers were missing, added up over every time there were too few."),
    )
)
UNLOCKS = declare(
    Count(
        name="article_unlocks",
        zh="解锁次数",
        en="Articles unlocked",
        event=ArticleUnlocked,
        about=N_("Purchases of paid articles; those refunded later still count."),
    )
)
UNLOCKERS = declare(
    Distinct(
        name="article_unlockers",
        zh="解锁人数",
        en="Members who unlocked",
        event=ArticleUnlocked,
        field="person",
        about=N_("Different members who bought at least one paid article in the period."),
    )
)
QUIZ_RIGHT = declare(
    Count(
        name="quiz_right",
        zh="答对次数",
        en="Quizzes answered right",
        event=AnsweredRight,
        about=N_("Right answers to the question below an article; at most one a member and article."),
    )
)
QUIZ_WRONG = declare(
    Count(
        name="quiz_wrong",
        zh="答错次数",
        en="Quizzes answered wrong",
        good="neither",
        event=AnsweredWrong,
        about=N_("Wrong answers to the question below an article, every one."),
    )
)
QUIZ_ANSWERS = declare(
    Derived(
        name="quiz_answers",
        zh="答题次数",
        en="Quiz answers",
        unit="count",
        plus=(QUIZ_RIGHT, QUIZ_WRONG),
        about=N_("Answers to questions below articles, right and wrong."),
    )
)
QUIZ_RIGHT_RATE = declare(
    Ratio(
        name="quiz_right_rate",
        zh="答题正确率",
        en="Right answers",
        good="neither",
        numerator=QUIZ_RIGHT,
        denominator=QUIZ_ANSWERS,
        about=N_("Right answers as a share of all. Near one the questions ask for nothing, or have leaked."),
    )
)

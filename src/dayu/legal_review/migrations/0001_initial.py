import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_proof_log"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("subject", models.CharField(max_length=80, verbose_name="所属事项")),
                ("party", models.CharField(blank=True, max_length=80, verbose_name="当事人")),
                ("party_name", models.CharField(blank=True, max_length=120, verbose_name="当事人名称")),
                ("document", models.CharField(max_length=80, verbose_name="决定草案")),
                ("digest", models.CharField(max_length=64, verbose_name="实质内容校验值")),
                ("substance", models.JSONField(default=dict, verbose_name="实质内容")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="次")),
                ("matter_no", models.CharField(blank=True, max_length=80, verbose_name="编号")),
                ("matter_title", models.CharField(max_length=200, verbose_name="事项")),
                ("matter_url", models.CharField(blank=True, max_length=300, verbose_name="地址")),
                ("territory", models.CharField(blank=True, max_length=12, verbose_name="地区")),
                ("reasons", models.JSONField(default=list, verbose_name="须审核的理由")),
                ("involved", models.JSONField(default=list, verbose_name="参与人员")),
                ("premarks", models.JSONField(default=list, verbose_name="系统预核")),
                ("submitted_at", models.DateTimeField(verbose_name="送审时间")),
                ("package_digest", models.CharField(max_length=64, verbose_name="材料校验值")),
                ("assigned_at", models.DateTimeField(blank=True, null=True, verbose_name="分办时间")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="撤回原因")),
                ("conclusion", models.CharField(blank=True, max_length=20, verbose_name="审核结论")),
                ("opinion", models.TextField(blank=True, verbose_name="审核意见")),
                ("concluded_at", models.DateTimeField(blank=True, null=True, verbose_name="审结时间")),
                ("opinion_digest", models.CharField(blank=True, max_length=64, verbose_name="意见校验值")),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.agency",
                        verbose_name="执法机关",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="审核人员",
                    ),
                ),
                (
                    "reviewing_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.agency",
                        verbose_name="审核单位",
                    ),
                ),
                (
                    "reviewing_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.orgunit",
                        verbose_name="审核机构",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="签署人",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="送审人",
                    ),
                ),
            ],
            options={
                "verbose_name": "法制审核",
                "verbose_name_plural": "法制审核",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("basis", models.CharField(max_length=200, verbose_name="依据")),
                ("valid_from", models.DateField(verbose_name="起始日")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="最后一日")),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_bodies",
                        to="org.agency",
                        verbose_name="执法机关",
                    ),
                ),
                (
                    "reviewing_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews_for",
                        to="org.agency",
                        verbose_name="审核单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.orgunit",
                        verbose_name="审核机构",
                    ),
                ),
            ],
            options={
                "verbose_name": "法制审核机构",
                "verbose_name_plural": "法制审核机构",
                "ordering": ["organ_id", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="ReviewConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.CharField(max_length=80, verbose_name="决定草案")),
                ("digest", models.CharField(max_length=64, verbose_name="实质内容校验值")),
                ("changed", models.JSONField(default=list, verbose_name="改变之处")),
                ("discussion", models.CharField(max_length=80, verbose_name="集体讨论")),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("confirmed_at", models.DateTimeField(verbose_name="确认时间")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="确认人",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="legal_review.legalreview",
                    ),
                ),
            ],
            options={
                "verbose_name": "审核确认",
                "verbose_name_plural": "审核确认",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("key", models.CharField(max_length=20, verbose_name="项目")),
                (
                    "answer",
                    models.CharField(
                        choices=[("fine", "合法、充分、适当"), ("problem", "有问题"), ("not_applicable", "不适用")],
                        max_length=16,
                        verbose_name="判断",
                    ),
                ),
                ("failing", models.JSONField(blank=True, default=list, verbose_name="不足之处")),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("ground", models.CharField(blank=True, max_length=500, verbose_name="通过的理由")),
                ("answered_at", models.DateTimeField(verbose_name="时间")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="legal_review.legalreview",
                    ),
                ),
            ],
            options={
                "verbose_name": "审核内容",
                "verbose_name_plural": "审核内容",
            },
        ),
        migrations.CreateModel(
            name="ReviewSupplement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("asked_for", models.TextField(verbose_name="要求")),
                ("asked_at", models.DateTimeField(verbose_name="要求时间")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="补正时间")),
                ("answer", models.TextField(blank=True, verbose_name="补正说明")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="legal_review.legalreview",
                    ),
                ),
            ],
            options={
                "verbose_name": "补正",
                "verbose_name_plural": "补正",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewMaterial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, verbose_name="类别")),
                ("name", models.CharField(max_length=160, verbose_name="名称")),
                ("document", models.CharField(blank=True, max_length=80, verbose_name="文书")),
                ("digest", models.CharField(max_length=64, verbose_name="校验值")),
                ("url", models.CharField(blank=True, max_length=300, verbose_name="地址")),
                ("position", models.PositiveSmallIntegerField(verbose_name="顺序")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="legal_review.legalreview",
                    ),
                ),
                (
                    "stored",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "supplement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="legal_review.reviewsupplement",
                    ),
                ),
            ],
            options={
                "verbose_name": "送审材料",
                "verbose_name_plural": "送审材料",
                "ordering": ["review_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="ScopeAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=80, verbose_name="所属事项")),
                ("party", models.CharField(blank=True, max_length=80, verbose_name="当事人")),
                ("question", models.CharField(max_length=40, verbose_name="问题")),
                ("value", models.BooleanField(verbose_name="是")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                ("sampled", models.BooleanField(default=False, verbose_name="抽查")),
                ("answered_at", models.DateTimeField(verbose_name="时间")),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="回答人",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.agency",
                        verbose_name="机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "审核范围判断",
                "verbose_name_plural": "审核范围判断",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="legalreview",
            index=models.Index(fields=["subject", "party", "-id"], name="review_subject"),
        ),
        migrations.AddIndex(
            model_name="legalreview",
            index=models.Index(fields=["reviewing_agency", "concluded_at", "-id"], name="review_queue"),
        ),
        migrations.AddConstraint(
            model_name="legalreview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("concluded_at", None), ("withdrawn_at", None)),
                fields=("subject", "party"),
                name="one_open_review_of_a_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("concluded_at", None),
                    models.Q(models.Q(("conclusion", ""), _negated=True), ("signed_by__isnull", False)),
                    _connector="OR",
                ),
                name="an_opinion_is_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewbody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until", None), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="review_body_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewconfirmation",
            constraint=models.UniqueConstraint(fields=("review", "digest"), name="one_confirmation_of_a_substance"),
        ),
        migrations.AddConstraint(
            model_name="reviewpoint",
            constraint=models.UniqueConstraint(fields=("review", "key"), name="review_point_once"),
        ),
        migrations.AddConstraint(
            model_name="reviewsupplement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None)), fields=("review",), name="one_open_supplement"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewmaterial",
            constraint=models.UniqueConstraint(fields=("review", "position"), name="review_material_position_once"),
        ),
        migrations.AddIndex(
            model_name="scopeanswer",
            index=models.Index(fields=["subject", "party", "question", "-id"], name="scope_answer"),
        ),
        migrations.AddConstraint(
            model_name="scopeanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("value", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="a_no_has_a_reason",
            ),
        ),
    ]

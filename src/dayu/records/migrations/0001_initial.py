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
            name="EvidenceItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("subject", models.CharField(db_index=True, max_length=80, verbose_name="所属事项")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "书证"),
                            ("object", "物证"),
                            ("audiovisual", "视听资料"),
                            ("electronic", "电子数据"),
                            ("testimony", "证人证言"),
                            ("party_statement", "当事人的陈述"),
                            ("expert_opinion", "鉴定意见"),
                            ("scene_record", "勘验笔录、现场笔录"),
                        ],
                        max_length=20,
                        verbose_name="证据种类",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("description", models.TextField(blank=True, verbose_name="内容摘要")),
                ("proves", models.CharField(blank=True, max_length=300, verbose_name="证明对象")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("original", "原件（原物）"),
                            ("copy", "复制件"),
                            ("extract", "节录本"),
                            ("photo", "照片"),
                        ],
                        default="original",
                        max_length=10,
                        verbose_name="形式",
                    ),
                ),
                ("original_kept_at", models.CharField(blank=True, max_length=200, verbose_name="原件（原物）存放处")),
                ("source", models.CharField(max_length=200, verbose_name="来源")),
                ("provided_by", models.CharField(blank=True, max_length=100, verbose_name="提供人")),
                ("taken_at", models.DateTimeField(verbose_name="取证时间")),
                ("device_time", models.DateTimeField(blank=True, null=True, verbose_name="设备时间")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="取证地点")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="经度")),
                ("device", models.CharField(blank=True, max_length=120, verbose_name="设备")),
                (
                    "extraction",
                    models.TextField(
                        blank=True,
                        help_text="电子数据、通话录音、聊天记录：来源设备、提取方法、校验值",
                        verbose_name="提取过程",
                    ),
                ),
                ("quantity", models.CharField(blank=True, max_length=60, verbose_name="数量")),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="页数")),
                ("is_sample", models.BooleanField(default=False, verbose_name="抽样取证")),
                ("business_secret", models.BooleanField(default=False, verbose_name="商业秘密")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("entered_by", models.CharField(max_length=64, verbose_name="录入人")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="撤回原因")),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.agency",
                        verbose_name="取证机关",
                    ),
                ),
                (
                    "second_taker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="取证人（二）",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="取证人",
                    ),
                ),
            ],
            options={
                "verbose_name": "证据",
                "verbose_name_plural": "证据",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="文件名")),
                ("position", models.PositiveSmallIntegerField(verbose_name="顺序")),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="页数")),
                ("recorded_from", models.DateTimeField(blank=True, null=True, verbose_name="录制开始")),
                ("recorded_until", models.DateTimeField(blank=True, null=True, verbose_name="录制结束")),
                (
                    "stored",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="records.evidenceitem",
                        verbose_name="证据",
                    ),
                ),
            ],
            options={
                "verbose_name": "证据文件",
                "verbose_name_plural": "证据文件",
                "ordering": ["item_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_true", models.BooleanField(verbose_name="真实")),
                ("is_lawful", models.BooleanField(verbose_name="合法")),
                ("is_relevant", models.BooleanField(verbose_name="关联")),
                ("passed", models.BooleanField(verbose_name="可采用")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("checked_at", models.DateTimeField(verbose_name="查证时间")),
                ("digest", models.CharField(max_length=64, verbose_name="内容摘要值")),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="查证人",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="records.evidenceitem",
                        verbose_name="证据",
                    ),
                ),
            ],
            options={
                "verbose_name": "查证记录",
                "verbose_name_plural": "查证记录",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EvidencePreservation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("subject", models.CharField(db_index=True, max_length=80, verbose_name="所属事项")),
                ("holder_name", models.CharField(max_length=120, verbose_name="持有人")),
                ("reason", models.CharField(max_length=300, verbose_name="保存理由")),
                ("place", models.CharField(max_length=200, verbose_name="保存地点")),
                ("kept_in_place", models.BooleanField(default=True, verbose_name="就地保存")),
                ("keeper", models.CharField(blank=True, max_length=100, verbose_name="保管人")),
                ("proposed_at", models.DateTimeField(verbose_name="报请时间")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="批准时间")),
                ("preserved_at", models.DateTimeField(blank=True, null=True, verbose_name="登记保存时间")),
                ("entered_at", models.DateTimeField(blank=True, null=True, verbose_name="录入时间")),
                ("urgent_reason", models.CharField(blank=True, max_length=300, verbose_name="紧急理由")),
                ("defects", models.JSONField(blank=True, default=list, verbose_name="瑕疵")),
                ("explanation", models.CharField(blank=True, max_length=500, verbose_name="情况说明")),
                ("decide_by", models.DateField(blank=True, null=True, verbose_name="处理决定期限")),
                ("lapsed_at", models.DateTimeField(blank=True, null=True, verbose_name="逾期认定时间")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="批准人",
                    ),
                ),
                (
                    "first_officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="执法人员",
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
                (
                    "second_officer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="执法人员（二）",
                    ),
                ),
            ],
            options={
                "verbose_name": "先行登记保存",
                "verbose_name_plural": "先行登记保存",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceSupplement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="内容")),
                ("added_by", models.CharField(max_length=64, verbose_name="补充人")),
                ("added_at", models.DateTimeField(verbose_name="时间")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="records.evidenceitem",
                        verbose_name="证据",
                    ),
                ),
            ],
            options={
                "verbose_name": "证据补充说明",
                "verbose_name_plural": "证据补充说明",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PreservedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("name", models.CharField(max_length=120, verbose_name="物品名称")),
                ("specification", models.CharField(blank=True, max_length=120, verbose_name="规格型号")),
                ("quantity", models.CharField(max_length=40, verbose_name="数量")),
                ("condition", models.CharField(blank=True, max_length=120, verbose_name="形态、成色")),
                (
                    "disposal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("record_and_return", "采取记录、复制、拍照、录像等证据保全措施后返还"),
                            ("appraise", "送交鉴定"),
                            ("transfer", "移送有关部门处理"),
                            ("impound", "依法查封、扣押"),
                            ("confiscate", "依法没收"),
                            ("release", "解除登记保存"),
                        ],
                        max_length=20,
                        verbose_name="处理决定",
                    ),
                ),
                ("disposal_note", models.CharField(blank=True, max_length=200, verbose_name="处理说明")),
                ("disposed_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                ("released_by_lapse", models.BooleanField(default=False, verbose_name="逾期解除")),
                (
                    "disposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="决定人",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "preservation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="records.evidencepreservation",
                    ),
                ),
            ],
            options={
                "verbose_name": "登记保存的物品",
                "verbose_name_plural": "登记保存的物品",
                "ordering": ["preservation_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="RecordOfProceedings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("subject", models.CharField(db_index=True, max_length=80, verbose_name="所属事项")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interview_record", "询问笔录"),
                            ("on_site_record", "现场笔录"),
                            ("scene_examination", "勘验笔录"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("place", models.CharField(max_length=200, verbose_name="地点")),
                ("started_at", models.DateTimeField(verbose_name="开始时间")),
                ("ended_at", models.DateTimeField(verbose_name="结束时间")),
                ("examined_name", models.CharField(blank=True, max_length=120, verbose_name="被询问（检查、勘验）人")),
                (
                    "examined_role",
                    models.CharField(
                        blank=True, help_text="当事人、法定代表人、现场负责人、证人", max_length=60, verbose_name="身份"
                    ),
                ),
                ("examined_identity", models.CharField(blank=True, max_length=40, verbose_name="证件号码")),
                ("examined_phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("is_minor", models.BooleanField(default=False, verbose_name="未成年人")),
                ("guardian_name", models.CharField(blank=True, max_length=60, verbose_name="监护人")),
                ("interpreter_name", models.CharField(blank=True, max_length=60, verbose_name="翻译")),
                ("interpreter_signed", models.BooleanField(default=False, verbose_name="翻译已签名")),
                ("witness_name", models.CharField(blank=True, max_length=60, verbose_name="见证人")),
                ("certificates_shown", models.BooleanField(default=False, verbose_name="已出示执法证件")),
                ("rights_told", models.BooleanField(default=False, verbose_name="已告知权利义务")),
                ("text", models.TextField(blank=True, verbose_name="正文")),
                ("passages", models.JSONField(blank=True, default=list, verbose_name="问答")),
                ("pages", models.PositiveSmallIntegerField(default=1, verbose_name="页数")),
                ("corrections", models.PositiveSmallIntegerField(default=0, verbose_name="涂改处数")),
                ("corrections_signed", models.BooleanField(default=False, verbose_name="涂改处已确认")),
                (
                    "signature",
                    models.CharField(
                        choices=[
                            ("signed", "逐页签名"),
                            ("refused", "拒绝签名，已注明"),
                            ("absent", "当事人不在场，有见证人"),
                        ],
                        max_length=10,
                        verbose_name="签名情况",
                    ),
                ),
                ("signature_note", models.CharField(blank=True, max_length=200, verbose_name="签名说明")),
                ("officers_signed", models.BooleanField(default=False, verbose_name="执法人员已签名")),
                ("defects", models.JSONField(blank=True, default=list, verbose_name="瑕疵")),
                ("explanation", models.CharField(blank=True, max_length=500, verbose_name="情况说明")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("entered_by", models.CharField(max_length=64, verbose_name="录入人")),
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
                "verbose_name": "笔录",
                "verbose_name_plural": "笔录",
                "ordering": ["started_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ProceedingsSupplement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="内容")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("added_by", models.CharField(max_length=64, verbose_name="补充人")),
                ("added_at", models.DateTimeField(verbose_name="时间")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="records.recordofproceedings",
                    ),
                ),
            ],
            options={
                "verbose_name": "笔录补充",
                "verbose_name_plural": "笔录补充",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ProceedingsOfficer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("asks", "询问（检查、勘验）人"), ("writes", "记录人")],
                        max_length=10,
                        verbose_name="分工",
                    ),
                ),
                ("certificate_no", models.CharField(blank=True, max_length=40, verbose_name="执法证号")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.person",
                        verbose_name="执法人员",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officers",
                        to="records.recordofproceedings",
                    ),
                ),
            ],
            options={
                "verbose_name": "在场执法人员",
                "verbose_name_plural": "在场执法人员",
                "ordering": ["record_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="ProceedingsFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="文件名")),
                ("position", models.PositiveSmallIntegerField(verbose_name="顺序")),
                ("recorded_from", models.DateTimeField(blank=True, null=True, verbose_name="录制开始")),
                ("recorded_until", models.DateTimeField(blank=True, null=True, verbose_name="录制结束")),
                (
                    "stored",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="records.recordofproceedings",
                    ),
                ),
            ],
            options={
                "verbose_name": "笔录文件",
                "verbose_name_plural": "笔录文件",
                "ordering": ["record_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="TimelineEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=80, verbose_name="所属事项")),
                ("stage", models.CharField(max_length=40, verbose_name="环节")),
                ("kind", models.CharField(max_length=60, verbose_name="类型")),
                ("title", models.CharField(max_length=200, verbose_name="事项")),
                ("actor_name", models.CharField(max_length=120, verbose_name="人员")),
                ("account_id", models.BigIntegerField(null=True, verbose_name="账号")),
                ("happened_at", models.DateTimeField(verbose_name="事件时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                ("entered_at", models.DateTimeField(verbose_name="服务器时间")),
                ("device_time", models.DateTimeField(null=True, verbose_name="设备时间")),
                ("device", models.CharField(blank=True, max_length=120, verbose_name="设备")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="地点")),
                ("latitude", models.FloatField(null=True, verbose_name="纬度")),
                ("longitude", models.FloatField(null=True, verbose_name="经度")),
                ("document", models.CharField(blank=True, max_length=80, verbose_name="文书")),
                ("source", models.CharField(blank=True, max_length=80, verbose_name="来源记录")),
                ("media", models.JSONField(blank=True, default=list, verbose_name="音像")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
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
                "verbose_name": "过程事件",
                "verbose_name_plural": "过程事件",
                "ordering": ["happened_at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="evidenceitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_taker", None), ("taken_by__isnull", False), _connector="OR"),
                name="first_taker_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencefile",
            constraint=models.UniqueConstraint(fields=("item", "position"), name="evidence_file_position_once"),
        ),
        migrations.AddConstraint(
            model_name="evidencecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("passed", False),
                    models.Q(("is_lawful", True), ("is_relevant", True), ("is_true", True)),
                    _connector="OR",
                ),
                name="passed_means_all_three",
            ),
        ),
        migrations.AddIndex(
            model_name="evidencepreservation",
            index=models.Index(
                condition=models.Q(("lapsed_at", None)), fields=["decide_by"], name="preservation_decide_by"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencepreservation",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_at", None), ("approved_by__isnull", False), _connector="OR"),
                name="approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="preserveditem",
            constraint=models.UniqueConstraint(
                fields=("preservation", "position"), name="preserved_item_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="preserveditem",
            constraint=models.CheckConstraint(
                condition=models.Q(("disposal", ""), ("disposed_at__isnull", False), _connector="OR"),
                name="disposal_has_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="recordofproceedings",
            index=models.Index(fields=["started_at", "ended_at"], name="proceedings_time"),
        ),
        migrations.AddConstraint(
            model_name="recordofproceedings",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__gt", models.F("started_at"))), name="proceedings_end_after_start"
            ),
        ),
        migrations.AddIndex(
            model_name="proceedingsofficer",
            index=models.Index(fields=["person"], name="proceedings_person"),
        ),
        migrations.AddConstraint(
            model_name="proceedingsofficer",
            constraint=models.UniqueConstraint(fields=("record", "person"), name="officer_once_in_a_record"),
        ),
        migrations.AddConstraint(
            model_name="proceedingsfile",
            constraint=models.UniqueConstraint(fields=("record", "position"), name="proceedings_file_position_once"),
        ),
        migrations.AddIndex(
            model_name="timelineevent",
            index=models.Index(fields=["subject", "happened_at", "id"], name="timeline_subject"),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("core", "0003_proof_log"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("kind", models.CharField(default="ordinary_penalty", max_length=30, verbose_name="案卷类型")),
                ("title", models.CharField(max_length=200, verbose_name="案卷题名")),
                (
                    "mode",
                    models.CharField(
                        choices=[("single", "一卷"), ("main_and_secondary", "正卷、副卷")],
                        default="main_and_secondary",
                        max_length=20,
                        verbose_name="分卷",
                    ),
                ),
                ("retention", models.CharField(blank=True, max_length=10, verbose_name="保管期限")),
                ("archive_no", models.CharField(blank=True, max_length=20, verbose_name="归档号")),
                ("fonds_no", models.CharField(blank=True, max_length=20, verbose_name="全宗号")),
                ("catalogue_no", models.CharField(blank=True, max_length=20, verbose_name="目录号")),
                ("file_no", models.CharField(blank=True, max_length=20, verbose_name="案卷号")),
                ("remark", models.TextField(blank=True, verbose_name="情况说明")),
                ("compiled_by", models.CharField(max_length=64, verbose_name="立卷人")),
                ("compiled_at", models.DateTimeField(verbose_name="立卷时间")),
                ("checked_by", models.CharField(blank=True, max_length=64, verbose_name="检查人")),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="归档时间")),
                ("archived_by", models.CharField(blank=True, max_length=64, verbose_name="归档人")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="案卷校验值")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossier",
                        to="cases.case",
                        verbose_name="案件",
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
                "verbose_name": "案卷",
                "verbose_name_plural": "案卷",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="BoundVolume",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "volume",
                    models.CharField(
                        choices=[("main", "正卷"), ("secondary", "副卷")], max_length=10, verbose_name="卷别"
                    ),
                ),
                ("pieces", models.PositiveIntegerField(verbose_name="件数")),
                ("pages", models.PositiveIntegerField(verbose_name="页数")),
                ("bound_at", models.DateTimeField(verbose_name="成卷时间")),
                (
                    "pdf",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="volumes", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "verbose_name": "成卷文件",
                "verbose_name_plural": "成卷文件",
                "ordering": ["dossier_id", "volume"],
            },
        ),
        migrations.CreateModel(
            name="AddedSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="序号")),
                (
                    "volume",
                    models.CharField(
                        choices=[("main", "正卷"), ("secondary", "副卷")], max_length=10, verbose_name="卷别"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="题名")),
                ("reason", models.CharField(max_length=300, verbose_name="补充理由")),
                ("pages", models.PositiveIntegerField(verbose_name="页数")),
                ("added_by", models.CharField(max_length=64, verbose_name="补充人")),
                ("added_at", models.DateTimeField(verbose_name="补充时间")),
                (
                    "pdf",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="added_sheets", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "verbose_name": "补充页",
                "verbose_name_plural": "补充页",
                "ordering": ["dossier_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="DossierPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                (
                    "volume",
                    models.CharField(
                        choices=[("main", "正卷"), ("secondary", "副卷")], max_length=10, verbose_name="卷别"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="序号")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
                ("key", models.CharField(max_length=40, verbose_name="种类")),
                ("title", models.CharField(max_length=200, verbose_name="题名")),
                ("document_no", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                ("responsible", models.CharField(blank=True, max_length=120, verbose_name="责任者")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("first_page", models.PositiveIntegerField(blank=True, null=True, verbose_name="起页")),
                ("last_page", models.PositiveIntegerField(blank=True, null=True, verbose_name="止页")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                ("generated", models.BooleanField(default=False, verbose_name="按记录生成")),
                ("arranged", models.BooleanField(default=False, verbose_name="人工调整")),
                ("left_out_reason", models.CharField(blank=True, max_length=200, verbose_name="不入卷的理由")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "verbose_name": "卷内文件",
                "verbose_name_plural": "卷内文件",
                "ordering": ["dossier_id", "volume", "position"],
            },
        ),
        migrations.CreateModel(
            name="MissingExplained",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, verbose_name="缺少的材料")),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("reason", models.CharField(max_length=300, verbose_name="说明")),
                ("explained_by", models.CharField(max_length=64, verbose_name="说明人")),
                ("explained_at", models.DateTimeField(verbose_name="时间")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="explanations", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "verbose_name": "缺件说明",
                "verbose_name_plural": "缺件说明",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["organ", "archived_at", "-id"], name="dossier_organ"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archive_no", ""), _negated=True),
                fields=("organ", "archive_no"),
                name="archive_no_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("archived_at", None),
                    models.Q(
                        models.Q(("archive_no", ""), _negated=True),
                        models.Q(("digest", ""), _negated=True),
                        models.Q(("retention", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="archived_dossier_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="boundvolume",
            constraint=models.UniqueConstraint(fields=("dossier", "volume"), name="bound_volume_once"),
        ),
        migrations.AddConstraint(
            model_name="addedsheet",
            constraint=models.UniqueConstraint(fields=("dossier", "position"), name="added_sheet_position_once"),
        ),
        migrations.AddConstraint(
            model_name="dossierpart",
            constraint=models.UniqueConstraint(fields=("dossier", "source"), name="dossier_part_once"),
        ),
        migrations.AddConstraint(
            model_name="missingexplained",
            constraint=models.UniqueConstraint(fields=("dossier", "key"), name="missing_part_explained_once"),
        ),
    ]

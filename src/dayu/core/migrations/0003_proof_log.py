import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='记录数')),
                ('root', models.CharField(max_length=64, verbose_name='根值')),
                ('note', models.TextField(verbose_name='签名文本')),
                ('signed_at', models.DateTimeField(db_index=True, verbose_name='签发时间')),
            ],
            options={
                'verbose_name': '检查点',
                'verbose_name_plural': '检查点',
            },
        ),
        migrations.CreateModel(
            name='ProofEntry',
            fields=[
                ('index', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='序号')),
                ('leaf', models.CharField(max_length=64, verbose_name='承诺值')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='proof', to='core.auditentry', verbose_name='操作记录')),
            ],
            options={
                'verbose_name': '防删改记录',
                'verbose_name_plural': '防删改记录',
            },
        ),
    ]

"""The field's words in other languages, by which a sentence is compared with an abstract, which is in English.

They are no translation. They show that a sentence without a name in common speaks of the same thing, and what its
figures count.
"""

import re

from bot.search.text.tokens import tokenize

_CHINESE = """
模型 model 数据集 dataset 資料集 dataset 数据 data 训练 train 預訓練 pretrain 预训练 pretrain 微调 finetune 参数
parameter 层 layer 任务 task 语言 language 多语言 multilingual 跨语言 cross-lingual 低资源 low-resource 零样本
zero-shot 少样本 few-shot 小样本 few-shot 基线 baseline 基准 benchmark 准确率 accuracy 精度 accuracy 性能
performance 效率 efficiency 速度 speed 延迟 latency 内存 memory 显存 memory 能耗 energy 功耗 power 计算
computation 推理 inference 推断 inference 注意力 attention 自注意力 self-attention 神经网络 neural network 卷积
convolution 循环 recurrent 图神经 graph neural 图 graph 图像 image 视频 video 音频 audio 语音 speech 文本 text
翻译 translation 机器翻译 machine translation 分类 classification 检测 detection 分割 segmentation 识别
recognition 生成 generation 检索 retrieval 摘要 summarization 问答 question answering 对话 dialogue 知识
knowledge 蒸馏 distillation 量化 quantization 剪枝 pruning 压缩 compression 稀疏 sparse 对抗 adversarial 鲁棒
robust 稳健 robust 随机 random 平滑 smoothing 噪声 noise 扩散 diffusion 强化学习 reinforcement learning 监督
supervised 无监督 unsupervised 自监督 self-supervised 半监督 semi-supervised 迁移 transfer 领域 domain 平行语料
parallel corpus 语料 corpus 词 word 句子 sentence 编码器 encoder 解码器 decoder 嵌入 embedding 特征 feature 表示
representation 损失 loss 优化 optimization 梯度 gradient 样本 sample 标注 label 标签 label 误差 error 错误 error
预测 prediction 时间序列 time series 天气 weather 交通 traffic 医学 medical 药物 drug 分子 molecule 蛋白质
protein 机器人 robot 代码 code 公平 fairness 偏见 bias 偏差 bias 隐私 privacy 安全 security 解释 explain 可解释
interpretable 因果 causal 长尾 long-tail 脉冲 spiking 融合 fusion 频率 frequency 空间 spatial 全局 global 局部
local 上下文 context 深度 depth 立体 stereo 人脸 face 手写 handwriting 情感 sentiment 推荐 recommendation 用户
user 节点 node 边 edge 反应 reaction 方程 equation 评测 evaluation 评估 evaluation 实验 experiment 方法 method
小时 hour 小時 hour 天 day 大语言模型 large language model 大模型 large model 提示 prompt 幻觉 hallucination
智能体 agent 工具 tool 视觉 vision 多模态 multimodal
"""
_EUROPEAN = """
datensätze dataset datensatz dataset datensätzen dataset daten data schichten layer schicht layer aufgaben task
aufgabe task sprachen language sprache language genauigkeit accuracy fehlerrate error fehler error leistung
performance geschwindigkeit speed speicher memory energie energy strom power stunden hour stunde hour wörter
word wort word sätze sentence bilder image bild image übersetzung translation erkennung recognition handschrift
handwriting vorhersage prediction vorhersagen prediction wetter weather verkehr traffic wissen knowledge verlust
loss beispiele example markierte labeled unmarkierten unlabeled markierter labeled vortrainiert pretrain tiefe
depth tiefenschätzung depth netze network netz network lernen learning aufmerksamkeit attention gewichte weight
gesichter face gesicht face sprecher speaker vergleich comparison mittelalterliches medieval rauschen noise
graphen graph ergebnisse result verfahren method zeit time schritte step knoten node données data couches layer
couche layer tâches task tâche task langues language langue language erreur error vitesse speed mémoire memory
énergie energy heures hour mots word phrases sentence apprentissage learning réseau network réseaux network
connaissances knowledge perte loss bruit noise étiquettes label domaine domain cible target poids weight
entraînement train modèle model modèles model jeux dataset échantillons sample parole speech visage face
traduction translation reconnaissance recognition étapes step méthode method caractéristiques feature
"""


def _chinese() -> dict[str, str]:
    entries: dict[str, str] = {}
    for token in _CHINESE.split():
        if not token.isascii():
            entries[token] = ""
        else:
            word = next(reversed(entries))
            entries[word] = f"{entries[word]} {token}".strip()
    return entries


_UNSPACED = _chinese()
_SPACED = dict(zip(_EUROPEAN.split()[::2], _EUROPEAN.split()[1::2], strict=True))
_LONGEST_FIRST = re.compile("|".join(sorted(_UNSPACED, key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
_HEAD = 5
"""Letters of a word that also counts at the end of a compound: "Trainingsdaten" are data."""

_MEASURE = re.compile(r"(?<=\d)\s?(?:[个個种種项項张張条條篇对對名位段组組]|つの?|個の)")
"""What stands between a figure and what it counts."""

TERMS = frozenset(tokenize(" ".join([*_UNSPACED.values(), *_SPACED.values()])))
"""The index terms of what the glossary knows."""


def in_english(text: str) -> str:
    """Return a sentence of another language with the field's words that are known in English, all else as it is."""
    text = _MEASURE.sub(" ", text)
    text = _LONGEST_FIRST.sub(lambda match: f" {_UNSPACED[match.group()]} ", text)
    return _WORD.sub(lambda match: _english(match.group()), text)


def _english(word: str) -> str:
    folded = word.casefold()
    heads = (folded[at:] for at in range(len(folded) - _HEAD + 1))
    return next((_SPACED[head] for head in heads if head in _SPACED), word)
